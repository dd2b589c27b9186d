import { executionStatusEvent } from './events/execution-status.ts';
import type { Events } from './events/index.ts';
import type { Iam } from './iam/index.ts';
import { checkLogDelivery, loggingOf } from './machine-logging.ts';
import type { Observe } from './observer.ts';
import type { Ports } from './ports.ts';
import { naming } from './resource.ts';
import {
  createStepFunctions,
  type MachineDefinition,
  type StepFunctions,
  type TaskPort,
} from './stepfunctions/index.ts';
import type { Store } from './store/index.ts';
import type { Authorize, Stack, StackResource } from './types.ts';

interface Parts {
  readonly stack: Stack;
  readonly authorize: Authorize;
  readonly assertTrust: Iam['assertTrust'];
  readonly tasks: TaskPort;
  readonly store: Store;
  readonly events: Pick<Events, 'put'>;
  readonly retryScale: number;
  readonly ports: Ports;
  readonly observe: Observe;
  readonly warn: (message: string) => void;
}

/** The stack's machines, with the executions of former processes, each status change told to EventBridge. */
export function openStepFunctions(parts: Parts): StepFunctions {
  const { stack, authorize, assertTrust, tasks, store, events, retryScale, ports, observe, warn } = parts;
  const { region, accountId } = stack;
  const environment = { region, accountId };
  const machines = machinesOf(stack);
  const stepFunctions = createStepFunctions({
    machines,
    environment,
    authorize,
    tasks,
    onStatusChange: (change) => void events.put(executionStatusEvent(change, environment, ports.randomness)),
    store,
    retryScale,
    ports,
    observe,
  });
  for (const { roleArn } of machines) assertTrust(roleArn, 'states.amazonaws.com');
  checkLogDelivery(machines, authorize);
  const { aborted } = stepFunctions;
  if (aborted > 0) warn(`Executions that were under way when the local cloud stopped end as ABORTED: ${aborted}`);
  return stepFunctions;
}

export const machinesOf = (stack: Stack): MachineDefinition[] =>
  stack.resources('aws_sfn_state_machine').map((resource) => naming(resource, () => machineOf(resource, stack)));

function machineOf({ attributes }: StackResource, stack: Stack): MachineDefinition {
  const { type = 'STANDARD' } = attributes;
  if (type !== 'STANDARD') {
    throw new Error(`type ${type} is not served by the local cloud: use STANDARD`);
  }
  return {
    name: String(attributes.name),
    arn: String(attributes.arn),
    roleArn: String(attributes.role_arn),
    definition: definitionOf(String(attributes.definition)),
    type: 'STANDARD',
    logging: loggingOf(attributes.logging_configuration, stack),
    tracing: attributes.tracing_configuration?.enabled === true,
  };
}

function definitionOf(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    throw new Error(`its definition is no JSON: ${(cause as Error).message}`, { cause });
  }
}
