import type { Action, SurroundingKind } from '#test/model/action.ts';
import { step } from '#test/model/machine/steps.ts';
import type { World } from '#test/model/world.ts';
import { type Candidate, moves, positionOf } from './candidates.ts';

/** One execution of a state's work: of the function that it invokes, or of its own write. */
export interface Attempt {
  readonly id: number;
  readonly run: string;
  /** The model's step, and execution. */
  readonly at: number;
  readonly execution: number;
  /** Whether the plan has a fault for it: its reply may get lost. */
  readonly isFaulty: boolean;
  /** Whether the plan ends its run. */
  readonly mayBreak: boolean;
}

/** Whether the action is of this run, at the step that it is at. */
const isOf = (candidate: Candidate, run: string, action: Action): action is Extract<Action, { slot: unknown }> =>
  'slot' in action && action.slot.at === candidate.runs.get(run)?.at;

export const fatesOf = (
  world: World,
  candidate: Candidate,
  run: string,
  kinds: readonly Action['kind'][],
): Candidate[] => moves(world, candidate, (action) => isOf(candidate, run, action) && kinds.includes(action.kind));

const answersOf = (world: World, candidate: Candidate, { run, at, id }: Attempt): Candidate[] =>
  positionOf(candidate, run) === at
    ? moves(world, candidate, (action) => isOf(candidate, run, action) && action.kind === 'answered', id)
    : [];

const landingsOf = (world: World, candidate: Candidate, { at, execution, id }: Attempt): Candidate[] =>
  moves(world, candidate, (action) => isLanding(action, at) && action.write.execution === execution, id);

const isLanding = (action: Action, at: number): action is Extract<Action, { write: unknown }> =>
  (action.kind === 'landed' || action.kind === 'refused late') && action.write.step === at;

/**
 * What one write of an attempt may be in the model. Where the reply is about to be lost, the model first gives the write up,
 * and then it lands: its run's next step begins only after that, here and there.
 */
export function writesOf(world: World, candidate: Candidate, attempt: Attempt): Candidate[] {
  const found = [...answersOf(world, candidate, attempt), ...landingsOf(world, candidate, attempt)];
  if (!attempt.isFaulty || positionOf(candidate, attempt.run) !== attempt.at) return found;
  const fates: Action['kind'][] = ['tried again', 'given up'];
  if (attempt.mayBreak) fates.push('left in flight');
  const foreseen = fatesOf(world, candidate, attempt.run, fates);
  return [...found, ...foreseen.flatMap((next) => landingsOf(world, next, attempt))];
}

/** Steps that go on with another call where the first one was refused. */
const goingOn: ReadonlySet<number> = new Set([step.reserveBooking, step.cancelBooking, step.refundPayment]);

/** A late call that has written nothing. */
export function lateOf(world: World, candidate: Candidate, attempt: Attempt): Candidate[] {
  const landed = landingsOf(world, candidate, attempt);
  return goingOn.has(attempt.at) ? [candidate, ...landed] : landed;
}

/** An attempt that has ended has done all of its writes. */
export function wholeOf(world: World, candidate: Candidate, attempt: Attempt): Candidate[] {
  if (positionOf(candidate, attempt.run) === attempt.at) {
    const answered = answersOf(world, candidate, attempt).flatMap((next) => wholeOf(world, next, attempt));
    return attempt.isFaulty ? [candidate, ...answered] : answered;
  }
  return candidate.acted.has(attempt.id) ? [candidate] : landingsOf(world, candidate, attempt);
}

/** What a call of a function may be that is no step. */
export function besidesOf(world: World, candidate: Candidate, name: string): Candidate[] {
  const of = (...kinds: readonly Action['kind'][]) => moves(world, candidate, (action) => kinds.includes(action.kind));
  switch (name) {
    case 'bookings':
      return of('cancellation asked for');
    case 'redrive-booking':
      return of('letter told', 'letter told, comes again');
    case 'audit-seat-holds': {
      const releases = (one: Candidate) => moves(world, one, (action) => isLanding(action, step.releaseOrphan));
      return [...releases(candidate), ...of('seat to be released').flatMap(releases)];
    }
    default:
      return [];
  }
}

const startKinds: Readonly<Record<string, readonly SurroundingKind[]>> = {
  bookings: ['cancellation started'],
  'redrive-booking': ['event taken', 'event taken twice'],
  'reconcile-bookings': ['reconciler started'],
};

/** What may begin a run. @param by the function that has started it; undefined where a client has */
export function beginningsOf(
  world: World,
  candidate: Candidate,
  { execution, by }: { readonly execution: number; readonly by: string | undefined },
): Candidate[] {
  if (by === undefined) {
    return moves(world, candidate, (action) => action.kind === 'booking started' && action.booking === execution);
  }
  const kinds: readonly Action['kind'][] = startKinds[by] ?? [];
  const asked = by === 'bookings' ? besidesOf(world, candidate, by) : [];
  return [candidate, ...asked].flatMap((one) =>
    moves(
      world,
      one,
      (action) => kinds.includes(action.kind) && 'execution' in action && action.execution === execution,
    ),
  );
}
