import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Observation } from '#embedded/index.ts';
import { until } from '../e2e/until.ts';
import type { FaultyCloud } from '../faulty-cloud.ts';

type Of<Type extends Observation['type']> = Extract<Observation, { readonly type: Type }>;

/** What really happened between two moments in which nothing was under way. */
export interface Trace {
  readonly all: readonly Observation[];
  of<Type extends Observation['type']>(type: Type): readonly Of<Type>[];
  /** Calls of roles of the stack alone: not those of the test. */
  readonly calls: readonly Of<'callMade'>[];
}

/** Runs `work`, waits until every message that it led to is handled, and tells what was observed. */
export async function traced(target: FaultyCloud, work: () => Promise<void>): Promise<Trace> {
  const all: Observation[] = [];
  const stop = target.cloud.observe((observation) => all.push(observation));
  await work();
  await target.cloud.stepFunctions.idle();
  await until(async () => ((await isQuiet(target, all)) ? true : undefined));
  stop();
  const of = <Type extends Observation['type']>(type: Type) =>
    all.filter((observation): observation is Of<Type> => observation.type === type);
  return { all, of, calls: of('callMade').filter(({ by }) => by !== undefined) };
}

/** Queues that functions consume are empty, and each invocation that has begun has ended. */
async function isQuiet({ cloud, sqs }: FaultyCloud, all: readonly Observation[]): Promise<boolean> {
  const begun = linesOf(all, 'START ');
  if (begun !== linesOf(all, 'REPORT ')) return false;
  const consumed = cloud.stack.resources('aws_lambda_event_source_mapping').map(({ attributes }) => attributes);
  for (const { event_source_arn: arn } of consumed) {
    const QueueUrl = `${cloud.awsUrl}/${cloud.stack.accountId}/${String(arn).split(':').at(-1)}`;
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const waiting = [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ] as const;
    if (waiting.some((name) => Attributes[name] !== '0')) return false;
  }
  return begun === linesOf(all, 'REPORT ');
}

const linesOf = (all: readonly Observation[], beginning: string): number =>
  all.filter((one) => one.type === 'logLine' && one.message.startsWith(beginning)).length;

/** `/aws/lambda/booking-saga-local-reserve-hotel` → `reserve-hotel`; undefined for other log groups. */
export const functionOfGroup = (group: string): string | undefined =>
  /^\/aws\/lambda\/booking-saga-local-(.+)$/.exec(group)?.[1];
