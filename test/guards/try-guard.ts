import { parsePlan } from '#test/simulation/plans/plan.ts';
import { runPlan, type Service } from '#test/simulation/run-plan.ts';
import type { Guard, Killer } from './guard.ts';
import { lintOf } from './lint.ts';
import { killerAmongTests } from './tests.ts';
import { weaken } from './writes.ts';

/** Whether a plan keeps every promise with all guards: one that does not says nothing about a guard. */
export function soundness(service: Service): (line: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (line) => {
    const sound = known.get(line) ?? problemsOf(line, service).then((problems) => problems.length === 0);
    known.set(line, sound);
    return sound;
  };
}

export interface Trial {
  readonly service: Service;
  readonly plans: readonly string[];
  readonly isSound: (line: string) => Promise<boolean>;
  /** What showed it last time. */
  readonly known?: Killer | undefined;
  /** Runs the plans, where the code has to be loaded without the guard. */
  readonly inOwnProcess?: () => Promise<Killer | undefined>;
}

/**
 * What showed it last time is tried first. Then what costs nothing: the lint of the machine. Then plans without the guard until a
 * promise is broken, and last the tests of the machine, or those of the code that the guard is in.
 */
export async function killerOf(guard: Guard, trial: Trial): Promise<Killer | undefined> {
  const { known, plans, inOwnProcess } = trial;
  if (known?.by === 'test') {
    const killer = killerAmongTests(guard, [known.file]);
    if (killer !== undefined) return killer;
  }
  if (inOwnProcess !== undefined) return (await inOwnProcess()) ?? killerAmongTests(guard);
  const among = (lines: readonly string[]) => killerAmongPlans(guard, { ...trial, plans: lines });
  const again = known?.by === 'plan' ? await among([known.line]) : undefined;
  return again ?? lintKiller(guard) ?? (await among(plans)) ?? killerAmongTests(guard);
}

function lintKiller({ name, without }: Guard): Killer | undefined {
  const [problem] = without.of === 'machine' ? lintOf(name) : [];
  return problem === undefined ? undefined : { by: 'lint', problem };
}

export async function killerAmongPlans(guard: Guard, { service, plans, isSound }: Trial): Promise<Killer | undefined> {
  const { without } = guard;
  const machine = without.of === 'machine' ? { ...service.machine, definition: without.definition() } : service.machine;
  weakenFor(without);
  try {
    for (const line of plans) {
      const [problem] = await problemsOf(line, { ...service, machine });
      if (problem === undefined) continue;
      weaken();
      if (await isSound(line)) return { by: 'plan', line, problem };
      weakenFor(without);
    }
  } finally {
    weaken();
  }
  return undefined;
}

function weakenFor(without: Guard['without']): void {
  if (without.of === 'write') weaken({ ...without, by: without.weakened });
}

async function problemsOf(line: string, service: Service): Promise<readonly string[]> {
  try {
    return (await runPlan(parsePlan(line), service)).problems;
  } catch (error) {
    return [`the machine cannot be run: ${(error as Error).message}`];
  }
}
