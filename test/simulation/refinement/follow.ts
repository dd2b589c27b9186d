import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observation } from '#embedded/index.ts';
import { nameOfArn } from '#schema/arn.ts';
import { step } from '#test/model/machine/steps.ts';
import type { Removable } from '#test/model/rules/rules.ts';
import type { Plan } from '../plans/plan.ts';
import { plainItem } from '../world/books.ts';
import type { Labels } from '../world/labels.ts';
import type { Interference } from '../world/points.ts';
import { arnOf, queues } from '../world/stack.ts';
import { createAbstraction } from './abstraction.ts';
import { type Checker, createChecker } from './checker.ts';
import type { Attempt } from './explanations.ts';
import { planFaults } from './plan-faults.ts';
import { stepAt, stepDoneBy } from './states-of-model.ts';

export interface Follower {
  /** Stands between the world and what interferes with it. */
  around(interference: Interference, labels: () => Labels): Interference;
  readonly checker: Checker;
}

/** They tell what has become of a booking before they replace its header. */
const opening: ReadonlySet<number> = new Set([step.reserveBooking, step.cancelBooking]);

/** Who does what happens now. */
type Doer = Attempt | string;

/** Tells a checker what the world of a plan does. @param takenOut rules that the model does without */
export function follow(plan: Plan, takenOut: readonly Removable[] = []): Follower {
  const { seats = 3 } = plan;
  const abstraction = createAbstraction(seats);
  const checker = createChecker({ abstraction, seats, takenOut });
  const doing = new AsyncLocalStorage<{ readonly doer: Doer; hasWritten: boolean }>();
  const executions = new Map<string, number>();
  const underWay = new Set<string>();
  /** Attempts that go on, also those that no run waits for any more. */
  const live = new Set<Attempt>();
  let labels: (execution: string) => string = (execution) => execution;
  let attempts = 0;

  const faults = planFaults(plan);

  function attemptOf(run: string, state: string): Attempt | undefined {
    const at = stepDoneBy(state);
    const execution = executions.get(run);
    if (at === undefined || execution === undefined) return undefined;
    attempts += 1;
    const { isFaulty, mayBreak } = faults.at(run, state);
    return { id: attempts, run, at, execution, isFaulty, mayBreak };
  }

  /** Does an attempt's work, which may be later than its run waits for. */
  async function attempted(attempt: Attempt, perform: () => Promise<unknown>): Promise<unknown> {
    live.add(attempt);
    try {
      return await doing.run({ doer: attempt, hasWritten: false }, perform);
    } finally {
      live.delete(attempt);
      checker.finished(attempt);
    }
  }

  /** Does a call; what it writes is noticed on the way. */
  async function called<Result>(doer: Doer, perform: () => Promise<Result>, isLate: boolean): Promise<Result> {
    const now = { doer, hasWritten: false };
    try {
      return await doing.run(now, perform);
    } finally {
      if (!now.hasWritten && isLate && typeof doer === 'object') checker.answeredLate(doer);
      else if (!now.hasWritten) checker.answered(doer, false);
    }
  }

  function saw(one: Observation): void {
    if (one.type === 'itemChanged') sawItem(one);
    else if (one.type === 'executionChanged') sawRun(one);
    else if (one.type === 'messageSent' && one.queueArn === arnOf(queues.loyalty)) sawMessage(one.body);
    else if ('state' in one) sawState(one);
  }

  function sawState(one: Extract<Observation, { state: string }>): void {
    const { state } = one;
    const at = stepAt(state);
    if (at === undefined) return;
    const run = labels(one.executionArn);
    const isAtWork = [...live].some((attempt) => attempt.run === run && attempt.at === at);
    const planned = faults.at(run, state);
    const fault = { ...planned, mayLand: planned.mayLand || isAtWork };
    if (one.type === 'stateEntered') checker.entered(run, at);
    else if (one.type === 'stateRetried') checker.retried(run, at, fault);
    else if (one.type === 'stateExited' && one.caught !== undefined && stepDoneBy(state) !== undefined) {
      checker.failed(run, at, fault);
    }
  }

  function sawItem({ key, after }: Extract<Observation, { type: 'itemChanged' }>): void {
    const { pk, sk } = plainItem(key as never);
    const item = after === undefined ? undefined : plainItem(after as never);
    if (abstraction.take(String(pk), String(sk), item)) wrote(`${pk} ${sk}`);
  }

  function sawMessage(body: string): void {
    const { bookingReference, status } = JSON.parse(body) as { bookingReference: string; status: string };
    const now = doing.getStore();
    const at = typeof now?.doer === 'object' ? now.doer.at : undefined;
    if (abstraction.tell(bookingReference, status, at !== undefined && opening.has(at))) wrote('a message');
  }

  function wrote(what: string): void {
    const now = doing.getStore();
    if (now === undefined) {
      checker.unexplained(`${what} that no step and no function writes`);
    } else {
      now.hasWritten = true;
      checker.answered(now.doer, true);
    }
  }

  function sawRun({ executionArn, status }: Extract<Observation, { type: 'executionChanged' }>): void {
    const run = labels(executionArn);
    if (status === 'RUNNING') sawStart(run, executionArn);
    else if (underWay.delete(run)) checker.ended(run, faults.breaks(run));
  }

  function sawStart(run: string, executionArn: string): void {
    underWay.add(run);
    const [trip, suffix] = nameOfArn(executionArn).split('.');
    const executionId = `${trip}.${suffix}`;
    const isBooking = !run.includes('.');
    const execution = isBooking ? abstraction.begin(executionId) : abstraction.executionOf(executionId);
    if (execution === undefined) {
      checker.unexplained(`${run} is of a booking that the model does not have`);
      return;
    }
    executions.set(run, execution);
    const doer = doing.getStore()?.doer;
    checker.began(run, execution, typeof doer === 'string' ? doer : undefined);
  }

  return {
    checker,
    around(interference, given) {
      labels = (execution) => given().of(execution);
      return {
        ...interference,
        saw(observation) {
          interference.saw?.(observation);
          saw(observation);
        },
        task: (point, perform) =>
          interference.task(point, async () => {
            const attempt = attemptOf(point.run, point.state);
            return attempt === undefined ? doing.exit(perform) : attempted(attempt, perform);
          }),
        call(point, perform, own) {
          // Who it is for is known only now: a late call is done in another's time.
          const now = doing.getStore();
          const doer = now?.doer ?? point.target;
          return interference.call(point, () => called(doer, perform, doing.getStore() !== now), own);
        },
      };
    },
  };
}
