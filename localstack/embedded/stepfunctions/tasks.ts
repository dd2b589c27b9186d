import type { AwsService } from '../types.ts';
import type { InvokeFunction, TaskPort } from './contract.ts';
import { StatesError } from './errors.ts';
import { invokeDirectly, invokeOptimised } from './lambda-task.ts';
import { integrationOf } from './refusals.ts';
import { callService } from './service-task.ts';

export interface TaskPortOptions {
  readonly invokeFunction: InvokeFunction;
  readonly services: { readonly dynamodb: AwsService; readonly sqs: AwsService; readonly sns: AwsService };
}

/** Lambda functions, and the optimised integrations of Lambda, DynamoDB, SQS and SNS, with AWS's results and error names. */
export function createTaskPort({ invokeFunction, services }: TaskPortOptions): TaskPort {
  return async ({ resource, input }, caller) => {
    const integration = integrationOf(resource);
    if (integration === undefined) return invokeDirectly(invokeFunction, resource, input, caller);
    const { service, action } = integration;
    if (service === 'lambda') return invokeOptimised(invokeFunction, input, caller);
    const target = Object.hasOwn(services, service) ? services[service as keyof typeof services] : undefined;
    if (target !== undefined) return callService(service as keyof typeof services, target, action, input, caller);
    throw new StatesError('States.TaskFailed', `The resource ${resource} is not supported locally`);
  };
}
