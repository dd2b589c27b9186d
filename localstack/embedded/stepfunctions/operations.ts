import type { Clock, Randomness } from '../ports.ts';
import type { Operation } from '../service.ts';
import { type Authorize, AwsError, type Caller, type Environment } from '../types.ts';
import type { CompiledMachine } from './compiled.ts';
import type { StatusChange } from './contract.ts';
import type { Executions } from './executions.ts';
import { historyOf } from './history.ts';
import { createRedrive } from './redrive.ts';
import {
  arnMember,
  checkIncludedData,
  executionFilter,
  executionInput,
  executionName,
  optionalText,
  page,
  textMember,
} from './requests.ts';
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
    const status = executions.records.status(arn);
    if (status === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return status;
  }

  /** In the definition that the execution runs or ran in; the present one where a former process knew it. */
  function machineFor({ executionArn, stateMachineArn }: StatusChange): CompiledMachine {
    const machine = executions.definitionOf(executionArn) ?? machines.get(stateMachineArn);
    if (machine !== undefined) return machine;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }

  /** The name of an ended execution stays taken, also when the rest is forgotten; the same start of a running one is answered again. */
  function startExecution(input: Input, caller: Caller): Output {
    const machine = machineOf(input, caller, 'states:StartExecution');
    const name = executionName(input, randomness);
    const text = executionInput(input);
    const { region, accountId } = environment;
    const arn = `arn:aws:states:${region}:${accountId}:execution:${machine.source.name}:${name}`;
    const known = executions.running(arn);
    if (known === undefined ? executions.records.isTaken(arn) : known.input !== text) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = known ?? executions.start(machine, arn, name, text);
    return { executionArn: arn, startDate: execution.startDate / 1000 };
  }

  function stopExecution(input: Input, caller: Caller): Output {
    const { executionArn } = statusOf(input, caller, 'states:StopExecution');
    executions.running(executionArn)?.stop(optionalText(input, 'error', 256), optionalText(input, 'cause', 32_768));
    return { stopDate: (executions.records.status(executionArn)?.stopDate ?? clock.now()) / 1000 };
  }

  const redrive = createRedrive({ executions, clock });

  function redriveExecution(input: Input, caller: Caller): Output {
    const change = statusOf(input, caller, 'states:RedriveExecution');
    const clientToken = optionalText(input, 'clientToken', 64);
    return redrive(change, () => machineFor(change), clientToken);
  }

  function getExecutionHistory(input: Input, caller: Caller): Output {
    const { executionArn } = statusOf(input, caller, 'states:GetExecutionHistory');
    const events = historyOf(executions.events(executionArn), input.includeExecutionData !== false);
    const isReversed = input.reverseOrder === true;
    const { items, ...rest } = page(
      {
        items: isReversed ? events.reverse() : events,
        keyOf: ({ id }) => String(id),
        rankOf: ({ id }) => (isReversed ? id : -id),
        scope: `${executionArn} ${isReversed}`,
      },
      input,
    );
    return { events: items, ...rest };
  }

  function listExecutions(input: Input, caller: Caller): Output {
    const machine = machineOf(input, caller, 'states:ListExecutions');
    const matches = executionFilter(input);
    const matching = executions.records
      .newestFirst()
      .filter((change) => change.stateMachineArn === machine.source.arn && matches(change));
    const { items, ...rest } = page(
      {
        items: matching,
        keyOf: ({ executionArn }) => executionArn,
        rankOf: ({ startDate }) => startDate,
        scope: `${machine.source.arn} ${input.statusFilter ?? ''} ${input.redriveFilter ?? ''}`,
      },
      input,
    );
    return { executions: items.map(summaryOf), ...rest };
  }

  function listStateMachines(input: Input, caller: Caller): Output {
    authorize(caller, 'states:ListStateMachines', '*');
    const all = [...machines.values()];
    const ranks = new Map(all.map((machine, index) => [machine, -index]));
    const { items, ...rest } = page(
      {
        items: all,
        keyOf: ({ source }) => source.arn,
        rankOf: (machine) => ranks.get(machine) ?? 0,
        scope: 'stateMachines',
      },
      input,
    );
    return { stateMachines: items.map((machine) => machineSummary(machine, createdAt)), ...rest };
  }

  function listTags(input: Input, caller: Caller): Output {
    authorize(caller, 'states:ListTagsForResource', textMember(input, 'resourceArn'));
    return { tags: [] };
  }

  /** Operations that may be asked for a part of their answer. */
  const including =
    (operation: (input: Input, caller: Caller) => Output): Operation =>
    (input, caller) => {
      checkIncludedData(input);
      return operation(input, caller);
    };

  return {
    StartExecution: startExecution,
    StopExecution: stopExecution,
    RedriveExecution: redriveExecution,
    DescribeExecution: including((input, caller) =>
      descriptionOf(statusOf(input, caller, 'states:DescribeExecution'), clock.now()),
    ),
    GetExecutionHistory: getExecutionHistory,
    ListExecutions: listExecutions,
    ListStateMachines: listStateMachines,
    DescribeStateMachine: including((input, caller) => ({
      ...machineDescription(machineOf(input, caller, 'states:DescribeStateMachine')),
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: createdAt / 1000,
    })),
    DescribeStateMachineForExecution: including((input, caller) => ({
      ...machineDescription(machineFor(statusOf(input, caller, 'states:DescribeStateMachineForExecution'))),
      updateDate: createdAt / 1000,
    })),
    ListTagsForResource: listTags,
  };
}
