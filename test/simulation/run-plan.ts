import type { MachineDefinition } from '#embedded/testing.ts';
import { createFaults } from './faults/interference.ts';
import { lettersOf, problemsAtTheEnd, problemsWhenQuiet } from './invariants/judge.ts';
import { type Choose, createOracle, DoesNotEnd } from './oracle/oracle.ts';
import { surroundWith } from './oracle/surroundings.ts';
import type { Fault, Plan } from './plans/plan.ts';
import { act, letters, untoldPoints } from './world/acts.ts';
import { isUnfinished } from './world/books.ts';
import { newDeeds } from './world/deeds.ts';
import { fingerprintOf } from './world/fingerprint.ts';
import type { Handlers } from './world/functions.ts';
import type { Labels } from './world/labels.ts';
import type { CallPoint, Interference } from './world/points.ts';
import { rules } from './world/stack.ts';
import { offerFlight } from './world/trips.ts';
import { createWorld, type World } from './world/world.ts';

/** What a plan came to. */
export interface Verdict {
  /** Sentences; none where everything holds. */
  readonly problems: readonly string[];
  readonly world: World;
  /** Whether each fault had its effect. */
  readonly isWhole: boolean;
  /** Faults without effect that ask for an old answer of a read that is consistent. */
  readonly consistent: readonly Fault[];
  /** Kinds of dead letters before they were moved back. */
  readonly letters: readonly string[];
  /** Calls of AWS before the cause was mended. */
  readonly calls: readonly CallPoint[];
  /** Writes by then. */
  readonly writes: number;
  /** Observations of the trace by then. */
  readonly observed: number;
}

export interface Service {
  readonly handlers: Handlers;
  readonly machine: MachineDefinition;
  /** Of the release before. */
  readonly previousMachine: MachineDefinition;
}

export interface RunOptions {
  /** Whether the functions' code runs for the first time in this process. */
  readonly warming?: boolean;
  /** In place of the plan's own order; asked while acts go on beside each other. */
  readonly choose?: Choose | undefined;
  /** Stands around the plan's faults, to see what happens. */
  readonly around?: (interference: Interference, labels: () => Labels) => Interference;
}

/** Longer than the reconciler's age. */
const ageMs = 3_600_000;
const betweenActsMs = 10;
const mostRounds = 4;

/** Runs a plan to its end, lets everything heal, and judges. The same plan gives the same verdict and trace. */
export async function runPlan(
  plan: Plan,
  { handlers, machine, previousMachine }: Service,
  { warming = false, choose = chooserOf(plan), around = (faults) => faults }: RunOptions = {},
): Promise<Verdict> {
  const oracle = createOracle(plan.seed ?? 1);
  oracle.warming = warming;
  surroundWith(oracle.ports);
  try {
    const faults = createFaults(plan.faults, () => ({
      stop: (run) => world.stop(run),
      expire: (run) => world.expire(run),
      kill() {
        world.kill();
        faults.moments.forget();
      },
    }));
    const world = createWorld({
      ...{ oracle, handlers, interference: around(faults, () => world.labels) },
      machines: plan.acts.some(({ what }) => what === 'release') ? [previousMachine, machine] : [machine],
    });
    const deeds = newDeeds();
    const { seats = 3 } = plan;
    const judged = { world, deeds, seats, plan };
    await offerFlight(world, seats);
    world.disk.begin();

    async function settle(): Promise<void> {
      for (;;) {
        await world.settle();
        if (!world.isDead) return;
        world.revive();
      }
    }
    async function reach(moment: string): Promise<void> {
      const reached = faults.moments.reach(moment);
      await settle();
      await Promise.race([reached, Promise.resolve()]);
    }
    /** Where nothing is unfinished, neither reconciler nor audit would find anything. */
    async function heal(): Promise<void> {
      for (let round = 0; round < mostRounds && isUnfinished(world); round++) {
        await world.pass(ageMs);
        for (const rule of [rules.reconcile, rules.audit]) {
          void world.cloud.events.fire(rule);
          await settle();
        }
      }
    }

    const problems: string[] = [];
    try {
      for (const [index, { what, moment }] of plan.acts.entries()) {
        const isBeside = plan.acts[index + 1]?.beside === true;
        if (isBeside && choose !== undefined) {
          oracle.explore((pending) => choose(pending, () => fingerprintOf(world, deeds, pending)));
        }
        const begin = () => act(what, world, deeds);
        if (moment === undefined) void begin().catch(() => {});
        else faults.moments.at(moment, begin);
        if (isBeside) continue;
        await settle();
        oracle.explore(undefined);
        await reach(`act${index + 1}`);
        // No two requests come in one millisecond.
        await world.pass(betweenActsMs);
      }
      problems.push(...problemsWhenQuiet(judged, false));
      await heal();
      await reach('healed');
      await heal();
      problems.push(...problemsWhenQuiet(judged, true));
      const found = lettersOf(world).map(({ kind }) => kind);
      const calls = [...faults.calls];
      const { writes } = world.disk;
      const observed = world.trace.length;
      faults.mend();
      for (let round = 0; round < mostRounds && lettersOf(world).length > 0; round++) {
        await letters(world);
        await settle();
      }
      await untoldPoints(world, deeds);
      await settle();
      await heal();
      problems.push(...problemsAtTheEnd(judged));
      return {
        problems: [...new Set(problems)],
        world,
        isWhole: plan.faults.every((fault) => faults.used.has(fault)),
        consistent: plan.faults.filter((fault) => faults.consistent.has(fault) && !faults.used.has(fault)),
        letters: found,
        calls,
        writes,
        observed,
      };
    } catch (error) {
      if (!(error instanceof DoesNotEnd)) throw error;
      return {
        problems: [...problems, error.message],
        world,
        isWhole: true,
        consistent: [],
        letters: [],
        calls: [],
        writes: 0,
        observed: 0,
      };
    }
  } finally {
    surroundWith(undefined);
  }
}

/** By the plan's order, or by chance. Without either everybody goes on as they come. */
function chooserOf({ order }: Plan): Choose | undefined {
  if (order === undefined) return undefined;
  let next = 0;
  return (pending) => (pending.length < 2 ? 0 : Math.min(order[next++] ?? 0, pending.length - 1));
}
