import { type Authorize, AwsError, type Caller, type Environment } from '../types.ts';
import type { Execution } from './execution.ts';
import type { Executions } from './executions.ts';
import { historyOf } from './history.ts';
import type { CompiledMachine } from './machine.ts';
import { arnMember, executionInput, executionName, optionalText, page, textMember } from './requests.ts';
import { descriptionOf, machineDescription, machineSummary, summaryOf } from './views.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Record<string, unknown>;
export type Operation = (input: Input, caller: Caller) => Output | Promise<Output>;

export interface OperationsOptions {
  readonly machines: ReadonlyMap<string, CompiledMachine>;
  readonly executions: Executions;
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** When the machines came to be, epoch milliseconds. */
  readonly createdAt: number;
}

/** The operations of the Step Functions API, by name. */
export function createOperations(options: OperationsOptions): Readonly<Record<string, Operation>> {
  const { machines, executions, environment, authorize, createdAt } = options;

  function machineOf(input: Input, caller: Caller, action: string): CompiledMachine {
    const arn = arnMember(input, 'stateMachineArn', 'stateMachine');
    authorize(caller, action, arn);
    const machine = machines.get(arn);
    if (machine === undefined) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  function executionOf(input: Input, caller: Caller, action: string): Execution {
    const arn = arnMember(input, 'executionArn', 'execution');
    authorize(caller, action, arn);
    const execution = executions.find(arn);
    if (execution === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  /** A name is taken for as long as its execution is remembered; the same start of a running one is answered again. */
  function startExecution(input: Input, caller: Caller): Output {
    const machine = machineOf(input, caller, 'states:StartExecution');
    const name = executionName(input);
    const text = executionInput(input);
    const { region, accountId } = environment;
    const arn = `arn:aws:states:${region}:${accountId}:execution:${machine.source.name}:${name}`;
    const known = executions.find(arn);
    if (known !== undefined && (known.ending !== undefined || known.input !== text)) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = known ?? executions.start(machine, arn, name, text);
    return { executionArn: arn, startDate: execution.startDate / 1000 };
  }

  function stopExecution(input: Input, caller: Caller): Output {
    const execution = executionOf(input, caller, 'states:StopExecution');
    execution.stop(optionalText(input, 'error', 256), optionalText(input, 'cause', 32_768));
    return { stopDate: (execution.ending?.stopDate ?? Date.now()) / 1000 };
  }

  async function getExecutionHistory(input: Input, caller: Caller): Promise<Output> {
    const execution = executionOf(input, caller, 'states:GetExecutionHistory');
    const visits = await execution.records.settle();
    const events = historyOf(execution, visits, environment.region, input.includeExecutionData !== false);
    const scope = `${execution.arn} ${input.reverseOrder === true}`;
    const ordered = input.reverseOrder === true ? events.reverse() : events;
    const { items, ...rest } = page(ordered, ({ id }) => String(id), scope, input);
    return { events: items, ...rest };
  }

  function listExecutions(input: Input, caller: Caller): Output {
    const machine = machineOf(input, caller, 'states:ListExecutions');
    const wanted = input.statusFilter;
    const matching = executions
      .newestFirst()
      .filter((each) => each.machine === machine && (!wanted || (each.ending?.status ?? 'RUNNING') === wanted));
    const { items, ...rest } = page(matching, ({ arn }) => arn, `${machine.source.arn} ${wanted ?? ''}`, input);
    return { executions: items.map(summaryOf), ...rest };
  }

  function listStateMachines(_: Input, caller: Caller): Output {
    authorize(caller, 'states:ListStateMachines', '*');
    return { stateMachines: [...machines.values()].map((machine) => machineSummary(machine, createdAt)) };
  }

  function listTags(input: Input, caller: Caller): Output {
    authorize(caller, 'states:ListTagsForResource', textMember(input, 'resourceArn'));
    return { tags: [] };
  }

  return {
    StartExecution: startExecution,
    StopExecution: stopExecution,
    DescribeExecution: (input, caller) => descriptionOf(executionOf(input, caller, 'states:DescribeExecution')),
    GetExecutionHistory: getExecutionHistory,
    ListExecutions: listExecutions,
    ListStateMachines: listStateMachines,
    DescribeStateMachine: (input, caller) => ({
      ...machineDescription(machineOf(input, caller, 'states:DescribeStateMachine')),
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: createdAt / 1000,
    }),
    DescribeStateMachineForExecution: (input, caller) => ({
      ...machineDescription(executionOf(input, caller, 'states:DescribeStateMachineForExecution').machine),
      updateDate: createdAt / 1000,
    }),
    ListTagsForResource: listTags,
  };
}
