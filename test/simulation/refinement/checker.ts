import type { FaultKind } from '#test/model/action.ts';
import { stepNames } from '#test/model/machine/steps.ts';
import type { Removable } from '#test/model/rules/rules.ts';
import { scenarioOf } from '#test/model/scenarios.ts';
import { refillBudgets } from '#test/model/state/budgets.ts';
import { writeFreeSeats } from '#test/model/state/holdings.ts';
import { stateBytes } from '#test/model/state/layout.ts';
import { isCustomersCancel } from '#test/model/state/runs.ts';
import { worldOf } from '#test/model/world.ts';
import type { Abstraction } from './abstraction.ts';
import { actionName } from './action-names.ts';
import { begun, type Candidate, distinct, hasRoom, positionOf, type Way } from './candidates.ts';
import { driftText } from './drift.ts';
import { type Attempt, beginningsOf, besidesOf, fatesOf, lateOf, wholeOf, writesOf } from './explanations.ts';
import type { FaultAt } from './plan-faults.ts';

/**
 * Follows the service in the model: after each thing that is seen it keeps every state of the model that one of the actions that
 * this thing may have been leads to, and that says of the table what the table holds. None left is a drift between the two.
 */
export interface Checker {
  /** A run has begun. @param by the function that started it; undefined where a client did */
  began(run: string, execution: number, by: string | undefined): void;
  /** A call was answered, or a state's own write was done. @param changed whether the abstract state is another now */
  answered(by: Attempt | string, changed: boolean): void;
  /** A call whose caller has ended has written nothing; its function does not go on. */
  answeredLate(attempt: Attempt): void;
  finished(attempt: Attempt): void;
  entered(run: string, at: number): void;
  /** The run tries its step again. */
  retried(run: string, at: number, fault: FaultAt): void;
  /** It takes the step's error. */
  failed(run: string, at: number, fault: FaultAt): void;
  /** @param mayBreak whether the plan ends it */
  ended(run: string, mayBreak: boolean): void;
  unexplained(what: string): void;
  /** In words; undefined while the model explains everything. */
  readonly drift: string | undefined;
  /** More at once than the model has room for: not followed any further. */
  readonly isBeyond: boolean;
  /** Kinds of actions that the model has taken, in any of the explanations that are left. */
  taken(): ReadonlySet<string>;
}

/** All three bookings of the model, with whatever bounds. */
const scenario = { ...scenarioOf('hasty', 'small'), started: [0, 1, 2] };
/** More explanations at once are as good as none. */
const mostCandidates = 5000;

interface CheckerParts {
  readonly abstraction: Abstraction;
  readonly seats: number;
  /** Rules that the model does without. */
  readonly takenOut: readonly Removable[];
}

export function createChecker({ abstraction, seats, takenOut }: CheckerParts): Checker {
  const world = worldOf({ ...scenario, seats }, takenOut);
  let candidates: readonly Candidate[] = [beginning(seats)];
  let events = 0;
  let drift: string | undefined;
  let isBeyond = false;

  function advance(
    what: string,
    expand: (one: Candidate) => readonly Candidate[],
    admits = (_: Candidate) => true,
  ): void {
    if (drift !== undefined || isBeyond) return;
    events += 1;
    const reached = distinct(candidates.flatMap(expand));
    const next = reached.filter((one) => abstraction.agreesWith(one.state) && admits(one));
    if (next.length === 0) {
      if (candidates.some(({ state }) => !hasRoom(state))) isBeyond = true;
      else drift = driftText({ events, what, candidates, reached, seen: abstraction.state });
    } else if (next.length > mostCandidates) isBeyond = true;
    else candidates = next;
  }

  return {
    began: (run, execution, by) =>
      advance(
        `${run} is started by ${by ?? 'a client'}`,
        (one) => beginningsOf(world, one, { execution, by }).map((next) => begun(one, next, run)),
        ({ state, runs }) => {
          const slot = runs.get(run);
          return slot !== undefined && (slot.booking >= 0 || isCustomersCancel(state, slot) === isCustomers(run));
        },
      ),
    answered(by, changed) {
      const isStep = typeof by !== 'string';
      advance(`${isStep ? `${stepNames[by.at]} of ${by.run}` : by} ${changed ? 'writes' : 'is answered'}`, (one) => {
        const explained = isStep ? writesOf(world, one, by) : besidesOf(world, one, by);
        return changed ? explained : [one, ...explained];
      });
    },
    answeredLate: (attempt) =>
      advance(`late ${stepNames[attempt.at]} of ${attempt.run} writes nothing`, (one) => lateOf(world, one, attempt)),
    finished: (attempt) =>
      advance(`${stepNames[attempt.at]} of ${attempt.run} has ended`, (one) => wholeOf(world, one, attempt)),
    entered: (run, at) =>
      advance(
        `${run} goes to ${stepNames[at]}`,
        (one) => [one],
        (one) => positionOf(one, run) === at,
      ),
    retried: (run, at, { isFaulty, mayLand }) =>
      advance(
        `${stepNames[at]} of ${run} is tried again`,
        (one) => [one, ...(isFaulty && mayLand ? fatesOf(world, one, run, ['tried again']) : [])],
        (one) => positionOf(one, run) === at,
      ),
    failed: (run, at, fault) =>
      advance(`${stepNames[at]} of ${run} has failed`, (one) =>
        positionOf(one, run) === at ? fatesOf(world, one, run, failuresOf(fault)) : [one],
      ),
    ended: (run, mayBreak) =>
      advance(
        `${run} has ended`,
        (one) => (mayBreak && one.runs.has(run) ? fatesOf(world, one, run, ['not begun', 'left in flight']) : [one]),
        (one) => !one.runs.has(run),
      ),
    unexplained: (what) => advance(what, () => []),
    get drift() {
      return drift;
    },
    get isBeyond() {
      return isBeyond;
    },
    taken() {
      const found = new Set<string>();
      const known = new Set<Way>();
      for (const one of candidates) {
        for (let way = one.way; way !== undefined && !known.has(way); way = way.before) {
          known.add(way);
          found.add(actionName(way.action));
        }
      }
      return found;
    },
  };
}

function beginning(seats: number): Candidate {
  const state = new Uint8Array(stateBytes);
  writeFreeSeats(state, seats);
  refillBudgets(state);
  return { state, runs: new Map(), acted: new Set(), way: undefined };
}

/** `a.cancel`, `a.rc-1`. */
const isCustomers = (run: string): boolean => /\.(cancel|rc-\d+)$/.test(run);

/** A message that fails is the run's end, so a run that is ended right after it is ended before it in the model. */
function failuresOf({ isFaulty, mayLand, mayBreak }: FaultAt): FaultKind[] {
  if (!isFaulty) return [];
  return ['failed', ...(mayLand ? (['given up'] as const) : []), ...(mayBreak ? (['not begun'] as const) : [])];
}
