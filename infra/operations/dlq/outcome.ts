import type { BookingStatus } from '#schema/saga-input.ts';
import type { LetterRun } from './description.ts';

/** What became of a letter's booking. */
export interface Outcome {
  /** Whether nothing is left to do. */
  readonly isDone: boolean;
  readonly text: string;
}

/** How the execution stands that a letter starts; undefined where it was not started yet. */
export interface StandingRun {
  readonly status: string;
  readonly error: string | undefined;
}

/** A booking's header, read consistently; undefined where there is none. */
export interface StandingBooking {
  readonly executionId: string;
  readonly status: BookingStatus;
  /** Whether the saga, or its final message, is still to come. */
  readonly isUnfinished: boolean;
}

export interface Standings {
  run(name: string): Promise<StandingRun | undefined>;
  booking(tripId: string): Promise<StandingBooking | undefined>;
}

export interface Wait {
  readonly seconds: number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

const betweenLooksMs = 1_000;

/** Looks until the run that a letter started has ended, or the booking has had its final message, or the time is up. */
export async function outcomeOf(run: LetterRun, standings: Standings, { seconds, sleep, now }: Wait): Promise<Outcome> {
  const deadline = now() + seconds * 1_000;
  for (;;) {
    const outcome =
      run.starts === undefined
        ? toldOutcome(run, await standings.booking(run.tripId))
        : await runOutcome(run.starts, run, standings);
    if (outcome !== undefined) return outcome;
    if (now() >= deadline) return { isDone: false, text: `not at its end after ${seconds} s${waitsFor(run)}` };
    await sleep(betweenLooksMs);
  }
}

async function runOutcome(name: string, run: LetterRun, standings: Standings): Promise<Outcome | undefined> {
  const started = await standings.run(name);
  if (started === undefined || started.status === 'RUNNING') return undefined;
  if (started.status !== 'SUCCEEDED') {
    const why = started.error === undefined ? '' : ` with ${started.error}`;
    const next =
      started.error === 'CompensationFailed'
        ? 'its new dead letter says which layer is left'
        : 'the service redrives it by itself';
    return { isDone: false, text: `${name} ended ${started.status}${why}: ${next}` };
  }
  return endedOutcome(name, run, await standings.booking(run.tripId));
}

function endedOutcome(name: string, run: LetterRun, booking: StandingBooking | undefined): Outcome {
  if (booking === undefined) return { isDone: true, text: `${name} undid everything; the trip has no booking` };
  if (booking.executionId !== run.executionId) {
    return { isDone: true, text: `${name} undid everything; the trip has another booking now (${booking.status})` };
  }
  const { status } = booking;
  if (status === 'CANCELLED') return { isDone: true, text: `${name} undid everything: the booking is CANCELLED` };
  if (status === 'CONFIRMED')
    return { isDone: true, text: `${name} left the booking CONFIRMED: nothing was to be undone` };
  return { isDone: false, text: `${name} ended, and the booking is still ${status}` };
}

/** For letters that start no execution, or one whose name they do not tell: the header shows what is left. */
function toldOutcome({ executionId }: LetterRun, booking: StandingBooking | undefined): Outcome | undefined {
  if (booking === undefined) return { isDone: true, text: 'the trip has no booking: nothing is left to do' };
  if (booking.executionId !== executionId) {
    return { isDone: true, text: `the trip has another booking now (${booking.status}): nothing is left to do` };
  }
  if (booking.isUnfinished) return undefined;
  return { isDone: true, text: `the booking is ${booking.status} and its message is out` };
}

const waitsFor = ({ starts, tripId }: LetterRun): string =>
  starts === undefined ? `: the booking ${tripId} has not had its final message` : `: see the execution ${starts}`;
