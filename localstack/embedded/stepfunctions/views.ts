import type { Execution } from './execution.ts';
import type { CompiledMachine } from './machine.ts';

type Output = Record<string, unknown>;

/** An item of ListExecutions. Dates are epoch seconds. */
export function summaryOf({ arn, name, machine, startDate, ending }: Execution): Output {
  return {
    executionArn: arn,
    stateMachineArn: machine.source.arn,
    name,
    status: ending?.status ?? 'RUNNING',
    startDate: startDate / 1000,
    ...(ending === undefined ? {} : { stopDate: ending.stopDate / 1000 }),
    redriveCount: 0,
  };
}

/** The answer of DescribeExecution: members without a value are absent, as on AWS. */
export function descriptionOf(execution: Execution): Output {
  const { input, ending } = execution;
  const status = ending?.status ?? 'RUNNING';
  const redrivable = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    ...summaryOf(execution),
    input,
    inputDetails: { included: true },
    ...(ending?.output == null ? {} : { output: ending.output, outputDetails: { included: true } }),
    ...(ending?.error == null ? {} : { error: ending.error }),
    ...(ending?.cause == null ? {} : { cause: ending.cause }),
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
