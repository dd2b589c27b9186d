import { executionStatusEvent } from './events/execution-status.ts';
import type { Events } from './events/index.ts';
import type { Iam } from './iam/index.ts';
import type { Journal } from './journal.ts';
import type { Observe } from './observer.ts';
import type { Ports } from './ports.ts';
import {
  createStepFunctions,
  keepExecutions,
  type MachineDefinition,
  type StatusChange,
  type StepFunctions,
  type TaskPort,
} from './stepfunctions/index.ts';
import type { Authorize, Stack, StackResource } from './types.ts';

interface Parts {
  readonly stack: Stack;
  readonly authorize: Authorize;
  readonly assertTrust: Iam['assertTrust'];
  readonly tasks: TaskPort;
  readonly journal: Journal | undefined;
  readonly events: Pick<Events, 'put'>;
  /** Whether the cloud is closing: what is told then may not arrive. */
  readonly isClosing: () => boolean;
  readonly retryScale: number;
  readonly ports: Ports;
  readonly observe: Observe;
  readonly warn: (message: string) => void;
}

/** The stack's machines, with the executions of former processes, each status change told to EventBridge. */
export function openStepFunctions(parts: Parts): StepFunctions {
  const { stack, authorize, assertTrust, tasks, journal, events, isClosing, retryScale, ports, observe, warn } = parts;
  const { region, accountId } = stack;
  const environment = { region, accountId };
  const machines = machinesOf(stack);
  const machineArns = machines.map(({ arn }) => arn);
  const kept = journal && keepExecutions(journal, machineArns, { now: ports.clock.now() });
  const tell = (change: StatusChange): void => {
    kept?.note(change);
    void events.put(executionStatusEvent(change, environment, ports.randomness)).then(() => {
      // A delivery that the shutdown cut short is tried again at the next start.
      if (!isClosing()) kept?.told(change);
    });
  };
  const stepFunctions = createStepFunctions({
    machines,
    environment,
    authorize,
    tasks,
    onStatusChange: tell,
    former: kept?.former,
    retryScale,
    ports,
    observe,
  });
  for (const { roleArn } of machines) assertTrust(roleArn, 'states.amazonaws.com');
  for (const change of kept?.untold ?? []) tell(change);
  if (kept?.aborted)
    warn(`Executions that were under way when the local cloud stopped end as ABORTED: ${kept.aborted}`);
  return stepFunctions;
}

export const machinesOf = (stack: Stack): MachineDefinition[] =>
  stack.resources('aws_sfn_state_machine').map(machineOf);

function machineOf({ attributes }: StackResource): MachineDefinition {
  return {
    name: String(attributes.name),
    arn: String(attributes.arn),
    roleArn: String(attributes.role_arn),
    definition: JSON.parse(String(attributes.definition)) as object,
    type: 'STANDARD',
  };
}
