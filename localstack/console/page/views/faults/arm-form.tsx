import { useState } from 'preact/hooks';
import {
  eachCall,
  type FaultKind,
  type FaultsAnswer,
  faultKinds,
  mostCalls,
  wordsOfFault,
} from '../../../model/faults.ts';
import { arm } from '../../stores/faults.ts';
import { Icon } from '../../ui/icon.tsx';

/** Every booking calls it, and money must not be taken twice. */
const first = 'TakePayment';

/** What shall fail, how, and how often. */
export function ArmForm({ states, undoing }: Pick<FaultsAnswer, 'states' | 'undoing'>) {
  const [state, setState] = useState(states.includes(first) ? first : (states[0] ?? ''));
  const [kind, setKind] = useState<FaultKind>('after');
  const [calls, setCalls] = useState(1);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    await arm({ state, kind, calls });
  }

  return (
    <form class="panel fault-form" aria-label="Arm a fault" onSubmit={submit}>
      <label>
        <span class="field-name">State</span>
        <select value={state} onChange={({ currentTarget }) => setState(currentTarget.value)}>
          {states.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend class="field-name">What happens</legend>
        {faultKinds.map((each) => (
          <label key={each} class="fault-kind">
            <input type="radio" name="kind" value={each} checked={each === kind} onChange={() => setKind(each)} />
            <span>
              <strong>It {wordsOfFault(each).does}</strong>
              <span class="quiet">{wordsOfFault(each).explained}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        <span class="field-name">How many of the next calls</span>
        <input
          type="number"
          min={1}
          max={mostCalls}
          required
          value={calls}
          onInput={({ currentTarget }) => setCalls(Number(currentTarget.value))}
        />
      </label>
      <p class="fault-sentence">
        <span>
          {eachCall(calls)} of <strong>{state}</strong> {wordsOfFault(kind).does}.
          {undoing.includes(state) && ' It is called only while a booking is undone.'}
        </span>
        <button type="submit" class="button button-strong">
          <Icon name="faults" size={16} /> Arm
        </button>
      </p>
    </form>
  );
}
