import { fields, flights } from '../../stores/book.ts';
import { start } from '../../stores/start.ts';

const set = (news: Partial<typeof fields.value>): void => {
  fields.value = { ...fields.value, ...news };
};

/** What is booked: the demo's trip, unless something else is asked for. */
export function BookOptions() {
  const { trip, customer, flight, cancelFailureRate } = fields.value;
  const { legs = [] } = start.value ?? {};
  const chosen = fields.value.legs ?? legs;
  return (
    <section class="panel" aria-label="The trip">
      <h2>The trip</h2>
      <div class="fields-grid">
        <label>
          Trip id
          <input
            type="text"
            placeholder="a new one"
            value={trip}
            maxLength={50}
            onInput={({ currentTarget }) => set({ trip: currentTarget.value })}
          />
        </label>
        <label>
          Customer
          <input
            type="text"
            placeholder="demo"
            value={customer}
            maxLength={100}
            onInput={({ currentTarget }) => set({ customer: currentTarget.value })}
          />
        </label>
        <label class="wide">
          Flight
          <select value={flight} onChange={({ currentTarget }) => set({ flight: currentTarget.value })}>
            <option value="">The demo’s: London to Dublin</option>
            {flights.value.map(({ id, title, price, seats }) => (
              <option key={id} value={id}>
                {title}, {price}, {seats === 0 ? 'sold out' : `${seats} free`} ({id})
              </option>
            ))}
          </select>
        </label>
        <fieldset class="wide legs">
          <legend>Legs beside the flight</legend>
          {legs.map((leg) => (
            <label key={leg} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(leg)}
                onChange={({ currentTarget }) =>
                  set({ legs: legs.filter((each) => (each === leg ? currentTarget.checked : chosen.includes(each))) })
                }
              />
              {leg}
            </label>
          ))}
        </fieldset>
        <label class="wide">
          <span class="with-value">
            Each cancel fails with probability <output class="mono">{cancelFailureRate.toFixed(1)}</output>
          </span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.1}
            value={cancelFailureRate}
            onInput={({ currentTarget }) => set({ cancelFailureRate: Number(currentTarget.value) })}
          />
        </label>
      </div>
    </section>
  );
}
