import type { Observe } from '../observer.ts';
import type { AwsService } from '../types.ts';
import type { InvokeEvent, InvokeFunction, TaskPort } from './contract.ts';
import { StatesError } from './errors.ts';
import { invokeDirectly, invokeOptimised } from './lambda-task.ts';
import { integrationOf } from './refusals.ts';
import { callService } from './service-task.ts';

export interface TaskPortOptions {
  readonly invokeFunction: InvokeFunction;
  /** For InvocationType Event; refuses it by default. */
  readonly invokeEvent?: InvokeEvent;
  readonly services: { readonly dynamodb: AwsService; readonly sqs: AwsService; readonly sns: AwsService };
  /** Told of each function that has answered. */
  readonly observe?: Observe;
}

/** Lambda functions, and the optimised integrations of Lambda, DynamoDB, SQS and SNS, with AWS's results and error names. */
export function createTaskPort(options: TaskPortOptions): TaskPort {
  const { invokeFunction, invokeEvent = noEvents, services, observe = () => {} } = options;
  return async ({ resource, input, executionArn, stateName: state, signal }, caller) => {
    const invoke: InvokeFunction = async (functionArn, payload) => {
      const reply = await invokeFunction(functionArn, payload, caller, signal);
      const { requestId } = reply;
      if (requestId !== undefined) observe({ type: 'functionInvoked', executionArn, state, functionArn, requestId });
      return reply;
    };
    const integration = integrationOf(resource);
    if (integration === undefined) return invokeDirectly(invoke, resource, input, caller);
    const { service, action } = integration;
    if (service === 'lambda') return invokeOptimised({ invoke, invokeEvent }, input, caller);
    const target = Object.hasOwn(services, service) ? services[service as keyof typeof services] : undefined;
    if (target !== undefined) return callService(service as keyof typeof services, target, action, input, caller);
    throw new StatesError('States.TaskFailed', `The resource ${resource} is not supported locally`);
  };
}

async function noEvents(): Promise<never> {
  throw new Error('asynchronous invocations are not served here');
}
