import { openService } from '../service.ts';
import type { World } from '../world/world.ts';

export async function showSeed(seed: number): Promise<void> {
  const { randomPlan } = await import('../plans/random-plan.ts');
  await showPlan(randomPlan(seed));
}

/** Runs one plan and prints what happened in it. */
export async function showPlan(line: string): Promise<void> {
  const { parsePlan, textOf } = await import('../plans/plan.ts');
  const { runPlan } = await import('../run-plan.ts');
  const { itemsOf } = await import('../world/books.ts');
  const plan = parsePlan(line);
  const { problems, world, isWhole } = await runPlan(plan, await openService());
  for (const step of stepsOf(world)) console.log(step);
  for (const item of itemsOf(world.cloud)) {
    const { pk, sk, status, charge_status, transaction_status, points, seatCapacity, seatHolds, execution_id } = item;
    const told = { status, charge_status, transaction_status, points, seatCapacity, seatHolds, execution_id };
    const shown = Object.entries(told).filter(([, value]) => value !== undefined);
    console.log(`  ${pk} ${sk}: ${shown.map(([name, value]) => `${name} ${shownOf(value)}`).join(', ')}`);
  }
  if (!isWhole) console.log('A fault of the plan was without effect: its place was never reached');
  for (const problem of problems) console.log(`VIOLATION ${problem}`);
  console.log(textOf(plan));
  console.log(`1 plans, ${problems.length > 0 ? 1 : 0} violations`);
  if (problems.length > 0) process.exitCode = 1;
}

const shownOf = (value: unknown): string => (value instanceof Set ? `{${[...value].join(' ')}}` : String(value));

function* stepsOf({ trace, labels }: World): Iterable<string> {
  const began = trace[0]?.at ?? 0;
  for (const one of trace) {
    const at = `${((one.at - began) / 1000).toFixed(3).padStart(10)} s `;
    if (one.type === 'stateExited') {
      yield `${at} ${labels.of(one.executionArn)} ${one.state}${one.caught ? ` caught ${one.caught}` : ''} -> ${one.next ?? 'end'}`;
    }
    if (one.type === 'stateRetried')
      yield `${at} ${labels.of(one.executionArn)} ${one.state} failed: ${one.error}, tried again`;
    if (one.type === 'messageSent') yield `${at} sent to ${one.queueArn.split(':').at(-1)}: ${one.body.slice(0, 160)}`;
  }
}
