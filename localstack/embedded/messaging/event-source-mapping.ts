import type { AwsService, Closable, StackResource } from '../types.ts';
import { createPoller } from './poller.ts';

export interface InvokeResult {
  /** What the function returned, parsed or as JSON text. */
  readonly payload: unknown;
  /** `Unhandled` or `Handled` when the function failed. */
  readonly functionError?: string | undefined;
}

export interface EventSourceMappingOptions {
  /** aws_lambda_event_source_mapping */
  readonly mappings: readonly StackResource[];
  /** aws_lambda_function, for each function's ARN and role */
  readonly functions: readonly StackResource[];
  readonly sqs: AwsService;
  readonly invoke: (functionArn: string, payload: unknown) => Promise<InvokeResult>;
  /**
   * Milliseconds after which failed messages are visible again, instead of the queue's own visibility time-out, which AWS
   * lets run. For tests and demonstrations that should not wait.
   */
  readonly retryDelayMs?: number | undefined;
  readonly warn?: (message: string) => void;
}

/**
 * Lambda's pollers for the queues of the stack. They act as the function's role, as on AWS: without
 * `sqs:ReceiveMessage`, `sqs:DeleteMessage` or `sqs:GetQueueAttributes` nothing is invoked.
 *
 * @throws Error for a mapping that names an unknown function, a source that is no queue, or a filter that AWS would refuse.
 */
export function createEventSourceMappings(options: EventSourceMappingOptions): Closable {
  const { functions, sqs, invoke, retryDelayMs, warn = console.warn } = options;
  const enabled = options.mappings.filter(({ attributes }) => attributes.enabled !== false);
  const settings = enabled.map((mapping) => readMapping(mapping, functions));
  const pollers = settings.map((mapping) => createPoller({ mapping, sqs, invoke, retryDelayMs, warn }));
  return {
    async close() {
      await Promise.all(pollers.map((poller) => poller.close()));
    },
  };
}

/** A mapping with defaults filled in; https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export interface Mapping {
  readonly label: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly functionTimeoutSeconds: number;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
  /** JSON patterns; a record passes when one of them matches. */
  readonly filters: readonly string[];
}

function readMapping({ type, name, attributes }: StackResource, functions: readonly StackResource[]): Mapping {
  const label = `${type}.${name}`;
  const queueArn = String(attributes.event_source_arn);
  if (!queueArn.startsWith('arn:aws:sqs:')) throw new Error(`${label}: event source ${queueArn} is not an SQS queue`);
  const wanted = String(attributes.function_name);
  const target = functions.find((one) =>
    [one.attributes.function_name, one.attributes.arn, one.attributes.qualified_arn].includes(wanted),
  );
  if (!target) throw new Error(`${label}: ${wanted} is no function of this stack`);
  return {
    label,
    queueArn,
    functionArn: target.attributes.arn,
    roleArn: target.attributes.role,
    functionTimeoutSeconds: target.attributes.timeout ?? 3,
    batchSize: attributes.batch_size ?? 10,
    batchingWindowMs: (attributes.maximum_batching_window_in_seconds ?? 0) * 1000,
    // AWS starts with five and scales up; more at once would only fill a laptop.
    maximumConcurrency: block(attributes.scaling_config)?.maximum_concurrency ?? 5,
    reportsBatchItemFailures: (attributes.function_response_types ?? []).includes('ReportBatchItemFailures'),
    filters: [block(attributes.filter_criteria)?.filter ?? []].flat().map((filter) => String(filter.pattern)),
  };
}

/** A nested block appears as an object or as a list of one in the synthesized file. */
// biome-ignore lint/suspicious/noExplicitAny: Terraform attributes, see StackResource.
function block(value: any): any {
  return Array.isArray(value) ? value[0] : value;
}
