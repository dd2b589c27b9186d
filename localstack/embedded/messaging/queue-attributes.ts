import { invalidSqsParameter } from './error-codes.ts';
import type { Queues } from './queues.ts';

const refused = (value: unknown, name: string, reason: string) =>
  invalidSqsParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

/** Throws what AWS answers for attributes that it does not take, and for those that only it serves. */
export function checkQueueAttributes(attributes: Readonly<Record<string, unknown>>, queues: Queues): void {
  const { RedrivePolicy, DeduplicationScope, FifoThroughputLimit } = attributes;
  if (typeof RedrivePolicy === 'string' && RedrivePolicy !== '') checkRedrivePolicy(RedrivePolicy, queues);
  checkFifo('DeduplicationScope', DeduplicationScope, 'queue', 'messageGroup');
  checkFifo('FifoThroughputLimit', FifoThroughputLimit, 'perQueue', 'perMessageGroupId');
}

function checkRedrivePolicy(text: string, queues: Queues): void {
  const policy = parsed(text);
  const count = Number(policy?.maxReceiveCount);
  if (typeof policy?.deadLetterTargetArn !== 'string') {
    throw refused(text, 'RedrivePolicy', 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  }
  if (policy.maxReceiveCount === undefined) {
    throw refused(text, 'RedrivePolicy', 'Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  }
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw refused(text, 'RedrivePolicy', 'Invalid value for maxReceiveCount, valid values are from 1 to 1000.');
  }
  if (queues.findByArn(policy.deadLetterTargetArn) === undefined) {
    throw refused(text, 'RedrivePolicy', 'Dead letter target does not exist.');
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    throw refused(text, 'RedrivePolicy', 'Redrive policy is not a valid JSON map.');
  }
}

/** Of the two values of a FIFO attribute only the default is served. */
function checkFifo(name: string, value: unknown, served: string, unserved: string): void {
  if (value === undefined || value === served) return;
  if (value === unserved) {
    throw invalidSqsParameter(`${name} ${unserved} is not served by the local cloud, only ${served}: leave it out.`);
  }
  throw refused(value, name, `Must be ${served} or ${unserved}.`);
}
