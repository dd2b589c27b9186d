import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Json, textOf } from './json.ts';
import type { CompiledState } from './machine.ts';

/** One try of a Task. Times are epoch milliseconds, texts are JSON. */
export interface Attempt {
  readonly at: number;
  /** Undefined where it is the state's own input. */
  readonly payload: string | undefined;
  readonly timeoutSeconds: number | undefined;
  outcome: 'running' | 'succeeded' | 'failed' | 'timedOut';
  endedAt: number;
  output: string;
  error: string;
  cause: string;
}

/** One visit of a state. */
export interface Visit {
  readonly state: CompiledState;
  readonly enteredAt: number;
  readonly attempts: Attempt[];
  input: string;
  exitedAt: number | undefined;
  output: string;
}

/** The part of the library's event log that is of use: the data at a state's borders. */
type LibraryEvent =
  | { readonly type: 'StateEntered'; readonly timestamp: number; readonly state: { readonly input: Json } }
  | { readonly type: 'StateExited'; readonly timestamp: number; readonly state: { readonly output?: Json } }
  | { readonly type: 'Other' };

/**
 * What an execution has done so far. Visits and attempts are noted as they happen; the data at the borders of the states waits
 * in the library's log, as references, until somebody reads it or the execution ends.
 */
export class Records {
  readonly visits: Visit[] = [];
  #log: AsyncIterable<unknown> | undefined;
  #reading: Promise<void> | undefined;

  /** Names the library's log; the first state is entered before there is one. */
  attach(log: AsyncIterable<unknown>): void {
    this.#log = log;
  }

  enter(state: CompiledState): void {
    this.visits.push({
      state,
      enteredAt: Date.now(),
      attempts: [],
      input: 'null',
      exitedAt: undefined,
      output: 'null',
    });
  }

  /** Notes a try of the state that was entered last. */
  attempt(payload: string | undefined, timeoutSeconds: number | undefined): Attempt {
    const attempt: Attempt = {
      at: Date.now(),
      payload,
      timeoutSeconds,
      outcome: 'running',
      endedAt: 0,
      output: '',
      error: '',
      cause: '',
    };
    this.visits.at(-1)?.attempts.push(attempt);
    return attempt;
  }

  /** Fills in the data of all visits so far. */
  async settle(): Promise<readonly Visit[]> {
    this.#reading ??= this.#read();
    await nextTurn();
    return this.visits;
  }

  /** Resolves once the library's log has been read to its end. */
  async drain(): Promise<void> {
    this.#reading ??= this.#read();
    await this.#reading;
  }

  async #read(): Promise<void> {
    let index = -1;
    let lastData: Json | undefined;
    let lastText = '';
    // Neighbouring states mostly hand the same object or the same text on: keep one string for all of them.
    const keep = (data: Json): string => {
      if (data !== lastData) {
        const text = textOf(data);
        if (text !== lastText) lastText = text;
        lastData = data;
      }
      return lastText;
    };
    for await (const raw of this.#log ?? nothing()) {
      const event = raw as LibraryEvent;
      if (event.type === 'StateEntered') {
        index += 1;
        const visit = this.visits[index];
        if (visit !== undefined) visit.input = keep(event.state.input);
      } else if (event.type === 'StateExited') {
        const visit = this.visits[index];
        if (visit === undefined) continue;
        visit.exitedAt = event.timestamp;
        visit.output = keep(event.state.output ?? null);
      }
    }
    this.#log = undefined;
  }
}

async function* nothing(): AsyncGenerator<never> {}

/** Number of history events so far, to say in a message at which one a state was entered. */
export function enteredEventId(visits: readonly Visit[]): number {
  let id = 1;
  for (const visit of visits.slice(0, -1)) id += 2 + attemptEvents(visit);
  return id + 1;
}

function attemptEvents({ attempts }: Visit): number {
  return attempts.reduce((sum, { outcome }) => sum + (outcome === 'running' ? 2 : 3), 0);
}
