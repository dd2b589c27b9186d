import { addressOf, checkQuota, checkRange, refuseAttributes } from '../resource.ts';
import type { StackResource } from '../types.ts';

export interface InvokeResult {
  /** What the function returned, parsed or as JSON text. */
  readonly payload: unknown;
  /** `Unhandled` or `Handled` when the function failed. */
  readonly functionError?: string | undefined;
}

/** @param signal fires once the batch is visible in its queue again: a function that has not begun must not begin with it */
export type InvokeWithBatch = (functionArn: string, payload: unknown, signal: AbortSignal) => Promise<InvokeResult>;

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

const ofStreams = 'it is for streams, and AWS refuses it for queues';
const refused = {
  bisect_batch_on_function_error: ofStreams,
  destination_config: 'give the queue a redrive_policy',
  maximum_record_age_in_seconds: ofStreams,
  maximum_retry_attempts: ofStreams,
  parallelization_factor: ofStreams,
  starting_position: ofStreams,
  tumbling_window_in_seconds: ofStreams,
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const filtersOfMapping = { quota: 5, most: 10, what: 'filters', advice: 'join some of them by $or' };
/** https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html */
const longestFilter = 4_096;

interface Around {
  /** aws_lambda_function */
  readonly functions: readonly StackResource[];
  /** aws_sqs_queue */
  readonly queues: readonly StackResource[];
  readonly warn: (message: string) => void;
}

export function readMapping(resource: StackResource, { functions, queues, warn }: Around): Mapping {
  const { attributes } = resource;
  const label = addressOf(resource);
  const queueArn = String(attributes.event_source_arn);
  if (!queueArn.startsWith('arn:aws:sqs:')) throw new Error(`${label}: event source ${queueArn} is not an SQS queue`);
  const wanted = String(attributes.function_name);
  const target = functions.find((one) =>
    [one.attributes.function_name, one.attributes.arn, one.attributes.qualified_arn].includes(wanted),
  );
  if (!target) throw new Error(`${label}: ${wanted} is no function of this stack`);
  refuseAttributes(resource, refused);
  const batchSize = attributes.batch_size ?? 10;
  const windowSeconds = attributes.maximum_batching_window_in_seconds ?? 0;
  // AWS starts with five and scales up; more at once would only fill a laptop.
  const maximumConcurrency = attributes.scaling_config?.maximum_concurrency ?? 5;
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  checkRange(`${label}.batch_size`, batchSize, [1, 10_000]);
  checkRange(`${label}.maximum_batching_window_in_seconds`, windowSeconds, [0, 300]);
  checkRange(`${label}.scaling_config.maximum_concurrency`, maximumConcurrency, [2, 1_000]);
  if (batchSize > 10 && windowSeconds === 0) {
    throw new Error(`${label}: a batch_size over 10 needs a maximum_batching_window_in_seconds of 1 or more`);
  }
  const functionTimeoutSeconds = target.attributes.timeout ?? 3;
  const queue = queues.find((one) => one.attributes.arn === queueArn);
  const visibleAfter = Number(queue?.attributes.visibility_timeout_seconds ?? 30);
  if (queue && visibleAfter < functionTimeoutSeconds) {
    throw new Error(
      `${label}.event_source_arn: Queue visibility timeout: ${visibleAfter} seconds is less than Function timeout: ${functionTimeoutSeconds} seconds: give ${addressOf(queue)} a visibility_timeout_seconds of ${functionTimeoutSeconds} or more`,
    );
  }
  const given = (attributes.filter_criteria?.filter ?? []) as { pattern: unknown }[];
  const filters = given.map(({ pattern }) => String(pattern));
  checkQuota(`${label}.filter_criteria`, filters.length, filtersOfMapping, warn);
  if (filters.some(({ length }) => length > longestFilter)) {
    throw new Error(`${label}.filter_criteria: a pattern has at most ${longestFilter} characters: divide it`);
  }
  return {
    label,
    queueArn,
    functionArn: wanted === target.attributes.qualified_arn ? wanted : target.attributes.arn,
    roleArn: target.attributes.role,
    functionTimeoutSeconds,
    batchSize,
    batchingWindowMs: windowSeconds * 1000,
    maximumConcurrency,
    reportsBatchItemFailures: (attributes.function_response_types ?? []).includes('ReportBatchItemFailures'),
    filters,
  };
}
