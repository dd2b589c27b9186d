import type { RunEvent } from '../../../model/wire.ts';
import { clock } from '../../../model/words.ts';
import { Windowed } from '../../ui/windowed.tsx';

interface EventsProps {
  readonly events: readonly RunEvent[];
  /** Id of an event; 0 for none. */
  readonly chosen: number;
  readonly choose: (id: number) => void;
}

const rowHeight = 34;

export function EventsView({ events, chosen, choose }: EventsProps) {
  const at = events.findIndex(({ id }) => id === chosen);

  function move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
    const wanted =
      event.key === 'Home' ? 0 : event.key === 'End' ? events.length - 1 : step === undefined ? undefined : at + step;
    if (wanted === undefined) return;
    event.preventDefault();
    const next = events[Math.min(events.length - 1, Math.max(0, wanted))];
    if (next !== undefined) choose(next.id);
  }

  return (
    <Windowed
      count={events.length}
      rowHeight={rowHeight}
      focus={at < 0 ? undefined : at}
      class="events"
      label="Events: arrow keys go from one to the next"
      onKeyDown={move}
    >
      {(from, to, before, after) => (
        <table
          class="table"
          aria-rowcount={events.length + 1}
          style={{ marginTop: `${before}px`, marginBottom: `${after}px` }}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" class="figure">
                Id
              </th>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col">What</th>
              <th scope="col" class="figure">
                Time
              </th>
              <th scope="col" class="figure">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {events.slice(from, to).map((event, index) => (
              <Row
                key={event.id}
                event={event}
                previous={events[from + index - 1]}
                index={from + index}
                isChosen={event.id === chosen}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
      )}
    </Windowed>
  );
}

interface RowProps {
  readonly event: RunEvent;
  readonly previous: RunEvent | undefined;
  readonly index: number;
  readonly isChosen: boolean;
  readonly choose: (id: number) => void;
}

function Row({ event, previous, index, isChosen, choose }: RowProps) {
  const { id, type, state, error, cause, resource, at } = event;
  const failed = error !== undefined;
  return (
    <tr aria-rowindex={index + 2} class={isChosen ? 'chosen' : ''} style={{ height: `${rowHeight}px` }}>
      <td class="figure quiet">{id}</td>
      <th scope="row">
        <button
          type="button"
          class="row-button"
          tabIndex={-1}
          aria-pressed={isChosen}
          onClick={() => choose(isChosen ? 0 : id)}
        >
          {type}
        </button>
      </th>
      <td class="cut">{state ?? ''}</td>
      <td class={failed ? 'cut tone-bad event-error' : 'cut mono'}>
        {failed ? [error, cause].filter(Boolean).join(': ') : resource}
      </td>
      <td class="figure mono">{clock(at)}</td>
      <td class="figure quiet">{previous === undefined ? '' : `+${at - previous.at} ms`}</td>
    </tr>
  );
}
