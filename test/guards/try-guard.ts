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

/** Runs plans without the guard until a promise is broken. A change of the machine that no plan notices may break a rule of its lint or fail one of its tests. */
export async function killerOf(
  guard: Guard,
  service: Service,
  plans: readonly string[],
  isSound: (line: string) => Promise<boolean>,
): Promise<Killer | undefined> {
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
  const [problem] = without.of === 'machine' ? lintOf(guard.name) : [];
  return problem === undefined ? killerAmongTests(guard.name) : { by: 'lint', problem };
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
