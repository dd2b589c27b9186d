import type { Fault, Plan } from '../plans/plan.ts';
import { backward, forward } from '../plans/states.ts';
import { readings } from '../world/readings.ts';

/** Retries of each state. */
const retries = 3;

/** Faults after which a state's next attempt works. */
const passing: ReadonlySet<string> = new Set(['repeated', 'twice', 'beside', 'busy', 'slow', 'held']);

/** A lost reply of the seat looks sold out, which fails the booking and is safe. */
const failsTheSeat: ReadonlySet<string> = new Set(['repeated', 'beside']);

/** Reads that show former states change nothing: a write after such a read has a condition, or follows a consistent read. */
const isFormer = ({ kind }: Fault): boolean => kind === 'former';

function passes(fault: Fault): boolean {
  if (isFormer(fault)) return true;
  const { target, operation, kind, times = 1 } = fault;
  if (operation !== undefined || times > retries) return false;
  if (target === 'ReserveSeat' && failsTheSeat.has(kind)) return false;
  if (backward.includes(target) || target === 'NotifyBookingConfirmed') return passing.has(kind) || kind === 'lost';
  return forward.includes(target) && passing.has(kind);
}

/** Whether nothing goes wrong that trying again does not mend: there is no dead letter then. */
export const isMendedByRetries = ({ faults }: Plan): boolean => faults.every(passes);

/** They neither undo the first trip nor take what it needs. */
const harmless: ReadonlySet<string> = new Set([
  'book',
  'post',
  'other',
  'stolen',
  'again',
  'forget',
  'wait',
  'reconcile',
  'audit',
  ...Object.keys(readings),
  'misnamed',
  'malformed',
]);

/** Whether the trip has to be booked in the end. */
export function isToBeConfirmed(plan: Plan): boolean {
  const { acts, seats = 3 } = plan;
  const [first] = acts;
  if (first?.what !== 'book' && first?.what !== 'post') return false;
  return acts.length <= seats && acts.every(({ what }) => harmless.has(what)) && isMendedByRetries(plan);
}

/** Whether every run ends by itself, so that none is to be redriven. */
export const endsByItself = ({ acts, faults }: Plan): boolean =>
  acts.every(({ what }) => ['book', 'post', 'other', 'cancel', 'shared', 'stolen'].includes(what)) &&
  faults.every((fault) => {
    const { target, operation, kind } = fault;
    if (isFormer(fault)) return true;
    return operation === undefined && kind !== 'orphan' && (forward.includes(target) || backward.includes(target));
  });

const endingActs: ReadonlySet<string> = new Set([
  ...['book', 'post', 'other', 'cancel', 'wait', 'reconcile', 'audit'],
  ...Object.keys(readings),
]);

/** Whether nothing goes wrong at all, so that reconciler and audit find nothing to do, either. */
export const isUndisturbed = ({ acts, faults }: Plan): boolean =>
  acts.every(({ what }) => endingActs.has(what)) && faults.every(isFormer);
