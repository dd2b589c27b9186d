import { jsonObject } from '../json.ts';
import { invalidSqsParameter } from './error-codes.ts';
import type { Queue } from './queue/contract.ts';

/**
 * Throws where AWS would refuse a queue's redrive policy or redrive allow policy.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function checkRedrivePolicies(
  { RedrivePolicy, RedriveAllowPolicy }: Readonly<Record<string, string>>,
  queueArn: string,
  findByArn: (arn: string) => Queue | undefined,
): void {
  if (RedriveAllowPolicy) checkAllowPolicy(RedriveAllowPolicy);
  if (!RedrivePolicy) return;
  const refuse = refusing('RedrivePolicy', RedrivePolicy);
  const { deadLetterTargetArn: target, maxReceiveCount } =
    jsonObject(RedrivePolicy) ?? refuse('Redrive policy is not a valid JSON map.');
  const count = Number(maxReceiveCount);
  if (typeof target !== 'string') refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (maxReceiveCount === undefined) refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    refuse(`Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`);
  }
  const deadLetters = findByArn(String(target)) ?? refuse(`Dead letter target does not exist: ${target}`);
  if (!admits(deadLetters.attributes.RedriveAllowPolicy, queueArn)) {
    refuse(`The redrive allow policy of ${target} does not admit this queue.`);
  }
}

function checkAllowPolicy(text: string): void {
  const refuse = refusing('RedriveAllowPolicy', text);
  const { redrivePermission, sourceQueueArns } =
    jsonObject(text) ?? refuse('Redrive allow policy is not a valid JSON map.');
  if (!['allowAll', 'byQueue', 'denyAll'].includes(String(redrivePermission))) {
    refuse(`redrivePermission is allowAll, byQueue or denyAll, not ${redrivePermission}.`);
  }
  const named = Array.isArray(sourceQueueArns) ? sourceQueueArns.length : 0;
  if (redrivePermission === 'byQueue' ? named < 1 || named > 10 : sourceQueueArns !== undefined) {
    refuse('sourceQueueArns names 1 to 10 queues where redrivePermission is byQueue, and is left out elsewhere.');
  }
}

/** Whether a queue may use another one for its dead letters; this says nothing about what else sends there. */
function admits(allowPolicy: string | undefined, sourceArn: string): boolean {
  const { redrivePermission = 'allowAll', sourceQueueArns } = jsonObject(allowPolicy ?? '{}') ?? {};
  if (redrivePermission !== 'byQueue') return redrivePermission === 'allowAll';
  return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
}

const refusing =
  (name: string, value: string) =>
  (reason: string): never => {
    throw invalidSqsParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
  };
