import { type Ports, systemPorts } from '../ports.ts';
import type { AwsService, Closable, StackResource } from '../types.ts';
import { type InvokeWithBatch, readMapping } from './mapping.ts';
import { createPoller } from './poller.ts';

export type { InvokeResult } from './mapping.ts';

export interface EventSourceMappingOptions {
  /** aws_lambda_event_source_mapping */
  readonly mappings: readonly StackResource[];
  /** aws_lambda_function, for each function's ARN and role */
  readonly functions: readonly StackResource[];
  /** aws_sqs_queue, for how long each hides a message that is received */
  readonly queues: readonly StackResource[];
  readonly sqs: AwsService;
  readonly invoke: InvokeWithBatch;
  /**
   * Milliseconds after which failed messages are visible again, instead of the queue's own visibility time-out, which AWS
   * lets run. For tests and demonstrations that should not wait.
   */
  readonly retryDelayMs?: number | undefined;
  /** Of batching windows and pauses; the system's without. */
  readonly ports?: Ports;
  readonly warn?: (message: string) => void;
}

/**
 * Lambda's pollers for the queues of the stack. They act as the function's role, as on AWS: without
 * `sqs:ReceiveMessage`, `sqs:DeleteMessage` or `sqs:GetQueueAttributes` nothing is invoked.
 *
 * @throws Error for a mapping that names an unknown function, a source that is no queue or that shows messages again
 * before the function is done, or filters that AWS would refuse.
 */
export function createEventSourceMappings(options: EventSourceMappingOptions): Closable {
  const { functions, queues, sqs, invoke, retryDelayMs, ports = systemPorts, warn = console.warn } = options;
  const enabled = options.mappings.filter(({ attributes }) => attributes.enabled !== false);
  const settings = enabled.map((mapping) => readMapping(mapping, { functions, queues, warn }));
  const pollers = settings.map((mapping) => createPoller({ mapping, sqs, invoke, retryDelayMs, ports, warn }));
  return {
    async close() {
      await Promise.all(pollers.map((poller) => poller.close()));
    },
  };
}
