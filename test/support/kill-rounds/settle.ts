import { setTimeout as sleep } from 'node:timers/promises';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type QueueAttributeName,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Target } from '#test/support/e2e/target.ts';

const counts: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

async function attributesOf({ sqs }: Target, QueueUrl: string): Promise<Record<string, string>> {
  const AttributeNames = [...counts, 'QueueArn'] as QueueAttributeName[];
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes ?? {};
}

async function depthOf(target: Target, queueUrl: string): Promise<number> {
  const attributes = await attributesOf(target, queueUrl);
  return counts.reduce((sum, name) => sum + Number(attributes[name]), 0);
}

async function runningOf({ stepFunctions, stateMachineArn }: Target): Promise<number> {
  const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1000 });
  return (await stepFunctions.send(command)).executions?.length ?? 0;
}

/** Runs that a kill ended, as the next start told. */
export async function abortedOf({ stepFunctions, stateMachineArn }: Target, since: number): Promise<number> {
  const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'ABORTED', maxResults: 1000 });
  const { executions = [] } = await stepFunctions.send(command);
  return executions.filter(({ stopDate }) => Number(stopDate) >= since).length;
}

/** Waits until so many runs that began since then have ended, or there is nothing left to wait for. */
export async function endedRuns(
  { stepFunctions, stateMachineArn }: Target,
  count: number,
  since: number,
): Promise<void> {
  for (let quiet = 0; quiet < 50; ) {
    const command = new ListExecutionsCommand({ stateMachineArn, maxResults: 200 });
    const { executions = [] } = await stepFunctions.send(command);
    const own = executions.filter(({ startDate }) => Number(startDate) >= since);
    const ended = own.filter(({ status }) => status !== 'RUNNING').length;
    if (ended >= count) return;
    // Some requests start no run, for instance where a cancellation finds nothing to do.
    quiet = ended < own.length || own.length === 0 ? 0 : quiet + 1;
    await sleep(20);
  }
}

/** Waits until nothing runs and no message waits to be worked off; what the pollers hold in between is looked for twice. */
export async function settled(target: Target, deadline: number): Promise<void> {
  for (let quiet = 0; quiet < 3; ) {
    const busy = [
      await runningOf(target),
      await depthOf(target, target.redriveQueueUrl),
      await depthOf(target, target.loyaltyQueueUrl),
    ];
    quiet = busy.every((count) => count === 0) ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error(`Still under way (runs, redrives, points): ${busy}`);
    await sleep(50);
  }
}

/** The operator's work after the cause is fixed. @returns the number of letters */
export async function moveLettersBack(target: Target): Promise<number> {
  const letters = await attributesOf(target, target.deadLetterQueueUrl);
  const { QueueArn: DestinationArn } = await attributesOf(target, target.redriveQueueUrl);
  await target.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: letters.QueueArn, DestinationArn }));
  return Number(letters.ApproximateNumberOfMessages);
}

/** Queues of the stack in which something is left. */
export async function leftInQueues(target: Target): Promise<string[]> {
  const { QueueUrls = [] } = await target.sqs.send(new ListQueuesCommand({}));
  const left: string[] = [];
  for (const url of QueueUrls) {
    const depth = await depthOf(target, url);
    if (depth > 0) left.push(`queue ${url.split('/').at(-1)}: ${depth} messages left`);
  }
  return left;
}
