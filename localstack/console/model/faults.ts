/** Faults of calls that a user arms: what the server and the page tell each other of them, and their words. */
import { plural } from './words.ts';

export const faultKinds = ['before', 'after', 'timeout', 'throttle', 'duplicate'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Most calls that one fault is armed for. */
export const mostCalls = 20;

export interface FaultBody {
  readonly state: string;
  readonly kind: FaultKind;
  /** How many of the next calls it takes. */
  readonly calls: number;
}

export interface ArmedFault extends FaultBody {
  readonly id: number;
  /** Calls that it still takes. */
  readonly left: number;
}

/** A call that a fault has taken. */
export interface FiredFault {
  /** Counts up; the newest has the highest. */
  readonly id: number;
  readonly at: number;
  readonly state: string;
  readonly kind: FaultKind;
  /** Name of the execution. */
  readonly run: string;
}

export interface FaultsAnswer {
  /** Those that call something, in the definition's order. */
  readonly states: readonly string[];
  /** Those of them that are called only while a booking is undone. */
  readonly undoing: readonly string[];
  /** The last state whose failure has a booking undone; undefined where the machine undoes nothing. */
  readonly lastUndone: string | undefined;
  /** In the order in which they take calls. */
  readonly armed: readonly ArmedFault[];
  /** Newest first. */
  readonly fired: readonly FiredFault[];
}

/** What to book so that faults of these states are seen: the state that has to fail, or undefined for a booking that succeeds. */
export const seenByFailureOf = (
  states: readonly string[],
  { undoing, lastUndone }: Pick<FaultsAnswer, 'undoing' | 'lastUndone'>,
): string | undefined => (states.some((state) => undoing.includes(state)) ? lastUndone : undefined);

interface FaultWords {
  /** `RefundPayment …` */
  readonly does: string;
  readonly did: string;
  readonly explained: string;
}

const words: Readonly<Record<FaultKind, FaultWords>> = {
  before: {
    does: 'fails before its write',
    did: 'failed before its write',
    explained: 'The connection is refused: nothing is called, and the machine gets an error.',
  },
  after: {
    does: 'fails after its write',
    did: 'failed after its write',
    explained: 'The work is done and its reply is lost: the machine gets an error, as if nothing had been done.',
  },
  timeout: {
    does: 'times out',
    did: 'timed out',
    explained: 'The machine gets States.Timeout at once. The work goes on, and lands later.',
  },
  throttle: {
    does: 'is throttled',
    did: 'was throttled',
    explained: 'The service refuses the call for its rate: nothing is called, and a retry is due.',
  },
  duplicate: {
    does: 'is called twice',
    did: 'was called twice',
    explained: 'The same input comes twice, as after a lost reply: its work may be done only once.',
  },
};

export const wordsOfFault = (kind: FaultKind): FaultWords => words[kind];

/** `The next call`, `Each of the next 3 calls`: what a sentence begins with. */
export const eachCall = (calls: number): string =>
  calls === 1 ? 'The next call' : `Each of the next ${plural(calls, 'call')}`;

/** `Next call`, `Next 3 calls`. */
export const nextCalls = (left: number): string => (left === 1 ? 'Next call' : `Next ${plural(left, 'call')}`);

/** `Armed: RefundPayment fails after its write`, where one is new; that there is none any more; undefined where nothing is to be told. */
export function armedNewsOf(armed: readonly ArmedFault[], before: readonly ArmedFault[]): string | undefined {
  const news = armed.filter(({ id }) => !before.some((known) => known.id === id));
  if (news.length > 0) return `Armed: ${news.map(({ state, kind }) => `${state} ${words[kind].does}`).join(', ')}`;
  return armed.length === 0 && before.length > 0 ? 'No fault is armed any more' : undefined;
}

/** `RefundPayment failed after its write`, of those that fired after `last`; the newest first. */
export function newsOf(fired: readonly FiredFault[], last: number): string[] {
  return fired.filter(({ id }) => id > last).map(({ state, kind }) => `${state} ${words[kind].did}`);
}
