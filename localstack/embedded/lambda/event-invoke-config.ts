/** What `aws_lambda_function_event_invoke_config` says of a function's asynchronous invocations. */

import { addressOf, checkRange } from '../resource.ts';
import type { Environment, StackResource } from '../types.ts';
import { parseFunctionName } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export interface EventInvokeConfig {
  /** Tries beyond the first, 0 to 2. */
  readonly retries: number;
  /** Of an event, from a minute to six hours. */
  readonly maximumAgeMs: number;
  /** ARN of the queue that gets a record of each invocation that was given up. */
  readonly onFailure: string | undefined;
}

const sixHours = 21_600;
const defaults: EventInvokeConfig = { retries: 2, maximumAgeMs: sixHours * 1_000, onFailure: undefined };

/**
 * @returns the settings by the function's name
 * @throws Error naming the resource that AWS would refuse, or that has a destination which is not served here
 */
export function eventInvokeConfigs(
  resources: readonly StackResource[],
  functionNames: readonly string[],
  environment: Environment,
): (functionName: string) => EventInvokeConfig {
  const configs = new Map(resources.map((resource) => configOf(resource, functionNames, environment)));
  return (name) => configs.get(name) ?? defaults;
}

function configOf(
  resource: StackResource,
  functionNames: readonly string[],
  environment: Environment,
): [string, EventInvokeConfig] {
  const { attributes } = resource;
  const label = addressOf(resource);
  const { name } = parseFunctionName(String(attributes.function_name), undefined, environment);
  if (!functionNames.includes(name)) {
    throw new Error(`${label}: ${attributes.function_name} is no function of this stack`);
  }
  const retries = attributes.maximum_retry_attempts ?? defaults.retries;
  if (![0, 1, 2].includes(retries)) {
    throw new Error(`${label}: maximum_retry_attempts is 0, 1 or 2, not ${retries}`);
  }
  const seconds = attributes.maximum_event_age_in_seconds ?? sixHours;
  checkRange(`${label}.maximum_event_age_in_seconds`, seconds, [60, sixHours]);
  const { on_failure: failure, on_success: success } = attributes.destination_config ?? {};
  if (success) throw new Error(`${label}: on_success is not served by the local cloud, only on_failure`);
  const onFailure = failure?.destination;
  if (onFailure !== undefined && !/^arn:aws:sqs:/.test(onFailure)) {
    throw new Error(`${label}: destinations are queues in the local cloud, not ${onFailure}`);
  }
  return [name, { retries, maximumAgeMs: seconds * 1_000, onFailure }];
}
