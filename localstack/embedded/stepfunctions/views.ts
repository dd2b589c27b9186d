import type { CompiledMachine } from './compiled.ts';
import type { StatusChange } from './contract.ts';

type Output = Record<string, unknown>;

/** An item of ListExecutions. Dates are epoch seconds. */
export function summaryOf({ executionArn, stateMachineArn, name, status, startDate, stopDate }: StatusChange): Output {
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1000,
    ...(stopDate === null ? {} : { stopDate: stopDate / 1000 }),
    redriveCount: 0,
  };
}

/** The answer of DescribeExecution: members without a value are absent, as on AWS. */
export function descriptionOf(change: StatusChange): Output {
  const { input, output, error, cause, status } = change;
  const redrivable = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    ...summaryOf(change),
    input,
    inputDetails: { included: true },
    ...(output === null ? {} : { output, outputDetails: { included: true } }),
    ...(error === null ? {} : { error }),
    ...(cause === null ? {} : { cause }),
    redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(redrivable ? {} : { redriveStatusReason: `Execution is ${status} and cannot be redriven` }),
  };
}

export function machineSummary({ source }: CompiledMachine, createdAt: number): Output {
  return { stateMachineArn: source.arn, name: source.name, type: source.type, creationDate: createdAt / 1000 };
}

export function machineDescription({ source }: CompiledMachine): Output {
  return {
    stateMachineArn: source.arn,
    name: source.name,
    definition: JSON.stringify(source.definition),
    roleArn: source.roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}
