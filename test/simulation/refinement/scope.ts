import type { Act, Fault, Plan } from '../plans/plan.ts';
import { stepDoneBy } from './states-of-model.ts';

/** How often the model's bookings can be made: E1 and E2 of one trip, E3 of the other. */
export const mostOfAct: Readonly<Record<string, number>> = { book: 2, other: 1 };
/** What else the model knows of clients, operators and schedules. */
const knownActs: ReadonlySet<string> = new Set(['book', 'other', 'cancel', 'letters', 'wait', 'reconcile', 'audit']);
/** Functions that are no steps, and whose calls the model has. */
const knownFunctions: ReadonlySet<string> = new Set([
  'bookings',
  'redrive-booking',
  'reconcile-bookings',
  'audit-seat-holds',
  'credit-loyalty',
]);
const strangeKinds: ReadonlySet<string> = new Set(['twice', 'beside', 'stale', 'former', 'kill']);

const knows = ({ target, kind, moment }: Fault): boolean => {
  if (strangeKinds.has(kind) && target !== 'event') return false;
  if (target === 'run') return moment !== undefined && stepDoneBy(moment) !== undefined;
  return target === 'event' || knownFunctions.has(target) || stepDoneBy(target) !== undefined;
};

/** The plan without what the model does not know. */
export function withinModel(plan: Plan): Plan {
  const counts = new Map<string, number>();
  const isKnown = ({ what }: Act): boolean => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return knownActs.has(what) && count <= (mostOfAct[what] ?? Number.POSITIVE_INFINITY);
  };
  return { ...plan, acts: plan.acts.filter(isKnown), faults: plan.faults.filter(knows) };
}

/** Whether the model can follow all of it. */
export function isWithinModel(plan: Plan): boolean {
  const { acts, faults } = withinModel(plan);
  return acts.length === plan.acts.length && faults.length === plan.faults.length;
}
