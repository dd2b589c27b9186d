import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Removable } from '#test/model/rules/rules.ts';
import { duration, plural } from '../../../localstack/console/model/words.ts';
import type { Plan } from '../plans/plan.ts';
import type { KnownWords } from '../plans/words.ts';
import type { Service } from '../run-plan.ts';
import { openService } from '../service.ts';
import type { Item } from '../world/books.ts';
import type { World } from '../world/world.ts';

export async function lineOfSeed(seed: number): Promise<string> {
  const { randomPlan } = await import('../plans/random-plan.ts');
  const { recorder } = await import('../plans/recording.ts');
  return randomPlan(seed, recorder(await openService()));
}

export interface ShowOptions {
  /** Gets all observations, as the local cloud tells them. */
  readonly traceFile?: string | undefined;
  /** Rules that the model does without. */
  readonly takenOut?: readonly Removable[];
}

/** Runs plans and prints what happened in each. The model follows those that it knows. */
export async function showPlans(lines: readonly string[], { traceFile, takenOut = [] }: ShowOptions): Promise<void> {
  const { faultText, parsePlan, PlanError, textOf } = await import('../plans/plan.ts');
  const { runPlan } = await import('../run-plan.ts');
  const { isWithinModel } = await import('../refinement/scope.ts');
  const { runFollowed } = await import('../refinement/run-followed.ts');
  const { itemsOf } = await import('../world/books.ts');
  const { checkWords } = await import('../plans/words.ts');
  const service = await openService();
  const plans = lines.map(parsePlan);
  const refuseUnfollowed = (plan: Plan): void => {
    if (!isWithinModel(plan))
      throw new PlanError(`The model does not follow "${textOf(plan)}", so --without-rule has no effect`);
  };
  const known = await knownWords(service);
  for (const plan of plans) checkWords(plan, known);
  if (takenOut.length > 0) plans.forEach(refuseUnfollowed);
  if (traceFile !== undefined) {
    mkdirSync(dirname(traceFile), { recursive: true });
    writeFileSync(traceFile, '');
  }
  let violations = 0;
  for (const plan of plans) {
    const { problems, world, isWhole, consistent } = isWithinModel(plan)
      ? await runFollowed(plan, service, takenOut)
      : await runPlan(plan, service);
    const [impossible] = consistent;
    if (impossible !== undefined)
      throw new PlanError(`"${faultText(impossible)}": that read is consistent, and its answer is never an old one`);
    if (traceFile !== undefined) {
      appendFileSync(traceFile, world.trace.map((one) => `${JSON.stringify(one)}\n`).join(''));
    }
    console.log(textOf(plan));
    for (const step of stepsOf(world)) console.log(step);
    for (const item of itemsOf(world.cloud)) console.log(`  ${lineOf(item)}`);
    if (!isWhole)
      console.log(
        'A fault of the plan was without effect: its place was never reached, or what it reads had no former state',
      );
    for (const problem of problems) console.log(`VIOLATION ${problem}`);
    if (problems.length > 0) violations += 1;
  }
  console.log(`${plural(lines.length, 'plan')}, ${plural(violations, 'violation')}`);
  if (violations > 0) process.exitCode = 1;
}

async function knownWords({ handlers }: Service): Promise<KnownWords> {
  const { stateNames } = await import('../plans/states.ts');
  const { actNames } = await import('../world/acts.ts');
  const clients = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/client-sfn'),
    import('@aws-sdk/client-sns'),
    import('@aws-sdk/client-sqs'),
    import('@aws-sdk/client-ssm'),
  ]);
  const operations = clients
    .flatMap((client) => Object.keys(client))
    .flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
  return { acts: Object.keys(actNames), states: stateNames, functions: [...handlers.keys()], operations };
}

const shownFields = [
  'status',
  'charge_status',
  'transaction_status',
  'points',
  'seatCapacity',
  'seatHolds',
  'execution_id',
];

function lineOf(item: Item): string {
  const shown = shownFields.filter((name) => item[name] !== undefined);
  return `${item.pk} ${item.sk}: ${shown.map((name) => `${name} ${shownOf(item[name])}`).join(', ')}`;
}

const shownOf = (value: unknown): string => (value instanceof Set ? `{${[...value].join(' ')}}` : String(value));

function* stepsOf({ trace, labels }: World): Iterable<string> {
  const began = trace[0]?.at ?? 0;
  for (const one of trace) {
    const at = `${duration(one.at - began).padStart(12)} `;
    if (one.type === 'stateExited') {
      yield `${at} ${labels.of(one.executionArn)} ${one.state}${one.caught ? ` caught ${one.caught}` : ''} -> ${one.next ?? 'end'}`;
    }
    if (one.type === 'stateRetried')
      yield `${at} ${labels.of(one.executionArn)} ${one.state} failed: ${one.error}, tried again`;
    if (one.type === 'messageSent') yield `${at} sent to ${one.queueArn.split(':').at(-1)}: ${one.body.slice(0, 160)}`;
  }
}
