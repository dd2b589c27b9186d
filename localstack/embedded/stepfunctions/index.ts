import type { LogSource } from '../logs/index.ts';
import type { Observe } from '../observer.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { createService } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { openStore, type Store } from '../store/index.ts';
import type { Authorize, AwsService, Closable, Environment } from '../types.ts';
import type { StatusChange, TaskPort } from './contract.ts';
import type { MachineDefinition } from './definition.ts';
import { createDefinitionChecks } from './definition-checks.ts';
import { createExecutionLog } from './execution-log.ts';
import { ExecutionRecords } from './execution-records.ts';
import { Executions } from './executions.ts';
import { compileMachine } from './machine.ts';
import { createOperations } from './operations.ts';
import { createTaskHooks, type TaskHook } from './task-hooks.ts';

export type { ExecutionStatus, StatusChange, TaskPort } from './contract.ts';
export type { Logging, MachineDefinition } from './definition.ts';
export type { TaskHook } from './task-hooks.ts';

const DEFAULT_HISTORY_LIMIT = 1_000;

const members: Shape = {
  ...each('text', 'cause', 'clientToken', 'context', 'definition', 'error', 'executionArn', 'includedData', 'input'),
  ...each('text', 'inspectionLevel', 'mapRunArn', 'name', 'nextToken', 'redriveFilter', 'resourceArn', 'roleArn'),
  ...each('text', 'severity', 'stateMachineArn', 'stateName', 'statusFilter', 'traceHeader', 'type', 'variables'),
  ...each('boolean', 'includeExecutionData', 'revealSecrets', 'reverseOrder'),
  maxResults: 'number',
  mock: {},
  stateConfiguration: {},
};

export interface StepFunctionsOptions {
  readonly machines: readonly MachineDefinition[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  readonly tasks: TaskPort;
  /**
   * Called when an execution starts and when it ends, also for those that a former process left running. What it keeps in the store
   * is kept with the change.
   */
  readonly onStatusChange: (change: StatusChange) => void;
  /** Multiplies the delays of Retry, neither Wait nor time-outs; 0.01 makes tests quick. */
  readonly retryScale?: number;
  /** Most ended executions to keep with their histories. */
  readonly historyLimit?: number;
  /** Keeps executions with their histories and names; memory by default. */
  readonly store?: Store | undefined;
  readonly ports?: Ports | undefined;
  /** Told of each state entered, exited and retried. */
  readonly observe?: Observe | undefined;
}

export interface StepFunctions extends AwsService, Closable {
  /** How many executions a former process left running; they have ended as ABORTED. */
  readonly aborted: number;
  /** What the machines deliver to CloudWatch Logs. */
  readonly logs: LogSource;
  /** Puts a hook around each try of a Task of every execution. @returns what takes it away again */
  intercept(hook: TaskHook): () => void;
  /** Resolves when no execution is running. */
  idle(): Promise<void>;
  /** Takes these machines; executions under way end in the definition that they began with, as after UpdateStateMachine. @throws as creating does */
  swap(machines: readonly MachineDefinition[]): void;
}

/**
 * AWS Step Functions (Standard, JSONPath). Throws when a machine's definition is invalid, or uses a construct
 * that would run differently from AWS. `close()` aborts what runs, without status events.
 */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { machines, environment, authorize, retryScale = 1, historyLimit = DEFAULT_HISTORY_LIMIT } = options;
  const compile = (all: readonly MachineDefinition[]) =>
    all.map((machine) => [machine.arn, compileMachine(machine)] as const);
  const compiled = new Map(compile(machines));
  const { tasks, onStatusChange, ports = systemPorts, observe = () => {}, store = openStore() } = options;
  const hooks = createTaskHooks(tasks);
  const machineArns = machines.map(({ arn }) => arn);
  const executions = store.batch(() => {
    const records = new ExecutionRecords({ store, machineArns, now: ports.clock.now(), limit: historyLimit });
    const all = new Executions({ tasks: hooks.perform, ports, retryScale, observe, onStatusChange, store, records });
    for (const change of records.aborted) all.tell(change);
    return all;
  });
  const createdAt = ports.clock.now();
  const operations = createOperations({
    machines: compiled,
    executions,
    environment,
    authorize,
    createdAt,
    clock: ports.clock,
    randomness: ports.randomness,
  });
  return {
    ...createService(
      'Step Functions',
      { ...operations, ...createDefinitionChecks({ authorize, tasks, ports, accountId: environment.accountId }) },
      { ListExecutions: ['mapRunArn'], StartExecution: ['traceHeader'] },
      members,
    ),
    aborted: executions.records.aborted.length,
    logs: createExecutionLog({ machines: () => [...compiled.values()], executions, createdAt }),
    intercept: hooks.add,
    idle: () => executions.idle(),
    swap(next) {
      const changed = compile(next);
      compiled.clear();
      for (const [arn, machine] of changed) compiled.set(arn, machine);
    },
    async close() {
      executions.close();
    },
  };
}
