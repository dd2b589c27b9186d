/** Where a plan may interfere. */
import type { Observation } from '#embedded/index.ts';

export interface TaskPoint {
  /** Label of the run. */
  readonly run: string;
  readonly state: string;
  /** From 1, over all entries of the state in this run. */
  readonly attempt: number;
}

export interface CallPoint {
  /** Label of the run; `beside` where the function is no step. */
  readonly run: string;
  /** The state, or the function's name. */
  readonly target: string;
  readonly operation: string;
  /** From 1, of this operation of this target in this run; the SDK's own retries count, too. */
  readonly nth: number;
  /** Items of a transaction. */
  readonly items: number;
  /** The execution that it asks for. */
  readonly execution?: string;
  /** Whether what it answers may be out of date. */
  readonly isEventual: boolean;
}

/** `[run/]target.operation#nth`, as plans write it. */
export const placeOf = ({ run, target, operation, nth }: CallPoint): string =>
  `${run === 'a' ? '' : `${run}/`}${target}.${operation}#${nth}`;

/** What stands between the parts of a world. */
export interface Interference {
  task(point: TaskPoint, perform: () => Promise<unknown>): Promise<unknown>;
  call<Reply>(point: CallPoint, perform: () => Promise<Reply>, own: OwnReplies<Reply>): Promise<Reply>;
  /** How often, and when, the event that a run has ended comes; `cut` delivers it without the run's input. */
  event(run: string, deliver: () => Promise<void>, cut: () => Promise<void>): Promise<void>;
  /** A run has left a state. */
  left(run: string, state: string): void;
  /** Told of all that happens, as it happens. */
  saw?(observation: Observation): void;
  /** A write is kept. */
  wrote(number: number): void;
}

/** Replies that no service gives. */
export interface OwnReplies<Reply> {
  refuse(refusal: Refusal): Reply;
  /** In AWS JSON. */
  answer(body: object): Reply;
  /** As the table was before the last so many writes that change the answer; undefined where there were fewer. */
  former(writes: number): Promise<Reply | undefined>;
}

/** An error as AWS answers it. */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly reasons?: readonly string[];
}
