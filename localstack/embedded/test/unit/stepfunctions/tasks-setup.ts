import { expect } from '@jest/globals';
import type { Observe } from '#embedded/observer.ts';
import type { InvokeEvent, InvokeFunction } from '#embedded/stepfunctions/contract.ts';
import { createTaskPort } from '#embedded/stepfunctions/tasks.ts';
import type { AwsService } from '#embedded/types.ts';
import { ROLE_ARN } from './support.ts';

export const caller = { roleArn: ROLE_ARN };
export const { signal } = new AbortController();

interface PortOptions {
  readonly invoke?: InvokeFunction;
  readonly invokeEvent?: InvokeEvent;
  readonly service?: AwsService['call'];
  readonly observe?: Observe;
}

/** A TaskPort whose functions and services a test answers. */
export function port({
  invoke = async () => ({ payload: null }),
  invokeEvent,
  service,
  observe = () => {},
}: PortOptions) {
  const call: AwsService['call'] = service ?? (async () => ({}));
  const services = { dynamodb: { call }, sqs: { call }, sns: { call } };
  const run = createTaskPort({ invokeFunction: invoke, ...(invokeEvent && { invokeEvent }), services, observe });
  return (resource: string, input: unknown) =>
    run({ resource, input, stateName: 'S', executionArn: 'arn', signal }, caller);
}

export const named = (name: string, message: unknown = expect.any(String)) =>
  expect.objectContaining({ name, message });
