import type { BookingRunInput } from '#functions/trip/run-input.ts';
import type { AskedLegs } from './asked-legs.ts';

/** What clients and operators have done so far. */
export interface Deeds {
  /** Booking runs that were started, in order. */
  readonly runs: BookingRunInput[];
  /** What the request of `post` asks for, which is the same each time. */
  posted: AskedLegs | undefined;
  /** Those that are about to be, too. */
  named: number;
  /** Executions whose booking's cancellation was accepted. */
  readonly cancelled: Set<string>;
  /** Executions whose booking was asked to be cancelled, whether or not it can be. */
  readonly unwanted: Set<string>;
  /**
   * ARNs of executions that RedriveExecution continued: they go on behind a fence of their own, although another run may have
   * undone everything since, and a letter of theirs may be for nothing.
   */
  readonly redriven: Set<string>;
  /** When bookings were made that processBooking has told to be under way, with no run that was. */
  readonly stale: Set<string>;
  /** Ids of observations of messages that an operator moved back to loyalty: nothing is published by that. */
  readonly moved: Set<number>;
  /** Bookings of each list that was read, as the API shows them. */
  readonly shown: (readonly Readonly<Record<string, unknown>>[])[];
  /** Sentences about answers that break a promise, unless something went wrong on their way. */
  readonly broken: string[];
  /** Answers of the API, for the trace. */
  readonly answers: string[];
}

export const newDeeds = (): Deeds => ({
  ...{ runs: [], named: 0, posted: undefined, shown: [], broken: [], answers: [] },
  ...{ cancelled: new Set(), unwanted: new Set(), redriven: new Set(), stale: new Set(), moved: new Set() },
});
