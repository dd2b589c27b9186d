import type { Clock } from '../ports.ts';
import type { StateType } from './definition.ts';
import { historyIsFull } from './errors.ts';
import type { Json } from './json.ts';

export type Details = Readonly<Record<string, unknown>>;

/** An event of an execution's history as it is kept. */
export interface TrailEvent {
  readonly id: number;
  readonly previousId: number;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `stateEntered` for `stateEnteredEventDetails`; none where AWS has no details. */
  readonly detailsOf: string | undefined;
  readonly details: Details | undefined;
  /** A value of the details, shared with the state's data. Reading the history makes JSON text of it, since most histories are never read. */
  readonly data: readonly [field: 'input' | 'output' | 'parameters', value: Json] | undefined;
  /** Of a state that was left: the one that follows. AWS does not tell it, and a redrive needs it. */
  readonly next?: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html: one more has to be the execution's end. */
const mostEvents = 24_999;

/** What an execution has done so far. */
export class Trail {
  readonly events: TrailEvent[];
  readonly #clock: Clock;
  readonly #last: number;
  onEvent: () => void = () => {};

  /**
   * @param last id of the event before the first one of this part of it
   * @param earlier of the execution, which this goes on with
   */
  constructor(clock: Clock, last = 0, earlier: readonly TrailEvent[] = []) {
    this.#clock = clock;
    this.#last = last;
    this.events = [...earlier];
  }

  /** @throws StatesError once nothing but the end of the execution has room */
  add(
    previousId: number,
    type: string,
    detailsOf?: string,
    details?: Details,
    data?: TrailEvent['data'],
    next?: string,
  ): number {
    const id = this.#last + this.events.length + 1;
    if (id > mostEvents && !type.startsWith('Execution')) throw historyIsFull();
    const at = this.#clock.now();
    // The first state hangs below nothing, as ExecutionStarted does.
    const event = { id, previousId: id <= 2 ? 0 : previousId, type, at, detailsOf, details, data };
    this.events.push(next === undefined ? event : { ...event, next });
    this.onEvent();
    return id;
  }
}

/** A sequence of events, each of which follows the one before: the whole of an execution, or one item of a Map. */
export class Thread {
  readonly #trail: Trail;
  last: number;
  /** The state that was entered and not left. */
  underWay: StateType | undefined;

  constructor(trail: Trail, last = 0) {
    this.#trail = trail;
    this.last = last;
  }

  note(type: string, detailsOf?: string, details?: Details, data?: TrailEvent['data'], next?: string): number {
    this.last = this.#trail.add(this.last, type, detailsOf, details, data, next);
    return this.last;
  }

  /** Of what no later event follows. */
  noteAside(type: string, detailsOf?: string, details?: Details): void {
    this.#trail.add(this.last, type, detailsOf, details);
  }

  fork(): Thread {
    return new Thread(this.#trail, this.last);
  }
}
