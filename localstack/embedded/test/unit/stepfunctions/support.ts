import { randomUUID } from 'node:crypto';
import {
  createStepFunctions,
  type MachineDefinition,
  type StatusChange,
  type StepFunctions,
  type StepFunctionsOptions,
  type TaskPort,
} from '#embedded/stepfunctions/index.ts';
import { type Authorize, OUTSIDE } from '#embedded/types.ts';

export const ROLE_ARN = 'arn:aws:iam::000000000000:role/machine';
export const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:parcel';
export const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:reserve';
export const UPDATE_ITEM = 'arn:aws:states:::dynamodb:updateItem';

export type Task = Parameters<TaskPort>[0];
type Answer = Record<string, unknown>;

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly timestamp: number;
  readonly [details: string]: unknown;
}

export interface Subject {
  readonly service: StepFunctions;
  readonly changes: StatusChange[];
  readonly tasks: Task[];
  call(operation: string, input?: Answer): Promise<Answer>;
  start(input?: unknown, name?: string): Promise<string>;
  /** Starts an execution, waits for its end and describes it. */
  run(input?: unknown, name?: string): Promise<Answer>;
  history(executionArn: string): Promise<readonly HistoryEvent[]>;
}

export interface Setup {
  readonly states: Record<string, object>;
  readonly startAt?: string;
  readonly machine?: object;
  readonly task?: (task: Task, attempt: number) => unknown;
  readonly authorize?: Authorize;
  readonly retryScale?: number;
  readonly historyLimit?: number;
  readonly store?: StepFunctionsOptions['store'];
  readonly onStatusChange?: StepFunctionsOptions['onStatusChange'];
  /** Of the machine. */
  readonly name?: string;
  readonly logging?: MachineDefinition['logging'];
  readonly tracing?: boolean;
  readonly ports?: StepFunctionsOptions['ports'];
  readonly observe?: StepFunctionsOptions['observe'];
}

/** A Step Functions with one machine, `parcel`, whose Tasks are answered by `task`. */
export function subject({
  states,
  startAt,
  machine = {},
  task = () => ({}),
  name: machineName = 'parcel',
  logging,
  tracing = false,
  ...rest
}: Setup): Subject {
  const changes: StatusChange[] = [];
  const tasks: Task[] = [];
  const definition = { StartAt: startAt ?? Object.keys(states)[0], States: states, ...machine };
  const service = createStepFunctions({
    machines: [
      {
        name: machineName,
        arn: MACHINE_ARN.replace(/parcel$/, machineName),
        roleArn: ROLE_ARN,
        definition,
        type: 'STANDARD',
        logging,
        tracing,
      },
    ],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => {},
    tasks: async (each) => {
      tasks.push(each);
      return task(each, tasks.filter(({ stateName }) => stateName === each.stateName).length);
    },
    onStatusChange: (change) => changes.push(change),
    retryScale: 0.001,
    ...rest,
  });
  const call: Subject['call'] = (operation, input = {}) => service.call(operation, input, OUTSIDE);
  const start: Subject['start'] = async (input = {}, name = randomUUID()) => {
    const answer = await call('StartExecution', { stateMachineArn: MACHINE_ARN, name, input: JSON.stringify(input) });
    return answer.executionArn as string;
  };
  return {
    service,
    changes,
    tasks,
    call,
    start,
    async run(input, name) {
      const executionArn = await start(input, name);
      await service.idle();
      return call('DescribeExecution', { executionArn });
    },
    async history(executionArn) {
      const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1000 });
      return events as readonly HistoryEvent[];
    },
  };
}

/** A failure by ASL name, as a TaskPort rejects. */
export function failure(name: string, cause = `${name} happened`): Error {
  return Object.assign(new Error(cause), { name });
}

/** A Task that never answers, and that tells when it was called and when its signal fired. */
export function hanging(): { task: (task: Task) => Promise<never>; called: Promise<Task>; aborted: Promise<void> } {
  const called = Promise.withResolvers<Task>();
  const aborted = Promise.withResolvers<void>();
  return {
    called: called.promise,
    aborted: aborted.promise,
    task: (task) => {
      called.resolve(task);
      task.signal.addEventListener('abort', () => aborted.resolve());
      return new Promise<never>(() => {});
    },
  };
}

export const outputOf = (description: Answer): unknown => JSON.parse(description.output as string);
