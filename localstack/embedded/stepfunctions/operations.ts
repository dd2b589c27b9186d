import type { Clock, Randomness } from '../ports.ts';
import type { Operation } from '../service.ts';
import { type Authorize, AwsError, type Caller, type Environment } from '../types.ts';
import type { CompiledMachine } from './compiled.ts';
import type { StatusChange } from './contract.ts';
import type { Execution } from './execution.ts';
import type { Executions } from './executions.ts';
import { historyOf } from './history.ts';
import { arnMember, executionInput, executionName, optionalText, page, textMember } from './requests.ts';
import { descriptionOf, machineDescription, machineSummary, summaryOf } from './views.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Record<string, unknown>;

export interface OperationsOptions {
  readonly machines: ReadonlyMap<string, CompiledMachine>;
  readonly executions: Executions;
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** When the machines came to be, epoch milliseconds. */
  readonly createdAt: number;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** The operations of the Step Functions API, by name. */
export function createOperations(options: OperationsOptions): Readonly<Record<string, Operation>> {
  const { machines, executions, environment, authorize, createdAt, clock, randomness } = options;

  function machineOf(input: Input, caller: Caller, action: string): CompiledMachine {
    const arn = arnMember(input, 'stateMachineArn', 'stateMachine');
    authorize(caller, action, arn);
    const machine = machines.get(arn);
    if (machine === undefined) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  function statusOf(input: Input, caller: Caller, action: string): StatusChange {
    const arn = arnMember(input, 'executionArn', 'execution');
    authorize(caller, action, arn);
    const status = executions.status(arn);
    if (status === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return status;
  }

  function executionOf(input: Input, caller: Caller, action: string): Execution {
    const { executionArn } = statusOf(input, caller, action);
    const execution = executions.find(executionArn);
    if (execution === undefined) {
      const message = `Execution Does Not Exist: '${executionArn}': its history ended with a former process of the local cloud`;
      throw new AwsError('ExecutionDoesNotExist', message);
    }
    return execution;
  }

  /** The name of an ended execution stays taken, also when the rest is forgotten; the same start of a running one is answered again. */
  function startExecution(input: Input, caller: Caller): Output {
    const machine = machineOf(input, caller, 'states:StartExecution');
    const name = executionName(input, randomness);
    const text = executionInput(input);
    const { region, accountId } = environment;
    const arn = `arn:aws:states:${region}:${accountId}:execution:${machine.source.name}:${name}`;
    const known = executions.find(arn);
    const differs = known !== undefined && (known.ending !== undefined || known.input !== text);
    if (differs || executions.wasTaken(arn)) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = known ?? executions.start(machine, arn, name, text);
    return { executionArn: arn, startDate: execution.startDate / 1000 };
  }

  function stopExecution(input: Input, caller: Caller): Output {
    const { executionArn } = statusOf(input, caller, 'states:StopExecution');
    executions.find(executionArn)?.stop(optionalText(input, 'error', 256), optionalText(input, 'cause', 32_768));
    return { stopDate: (executions.status(executionArn)?.stopDate ?? clock.now()) / 1000 };
  }

  function getExecutionHistory(input: Input, caller: Caller): Output {
    const execution = executionOf(input, caller, 'states:GetExecutionHistory');
    const events = historyOf(execution.trail.events, input.includeExecutionData !== false);
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
      .filter(
        ({ stateMachineArn, status }) => stateMachineArn === machine.source.arn && (!wanted || status === wanted),
      );
    const { items, ...rest } = page(
      matching,
      ({ executionArn }) => executionArn,
      `${machine.source.arn} ${wanted ?? ''}`,
      input,
    );
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
    DescribeExecution: (input, caller) => descriptionOf(statusOf(input, caller, 'states:DescribeExecution')),
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
