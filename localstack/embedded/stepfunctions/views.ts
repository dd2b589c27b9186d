import type { CompiledMachine } from './compiled.ts';
import type { StatusChange } from './contract.ts';
import { whyNotRedrivable } from './redrivable.ts';

type Output = Record<string, unknown>;

/** An item of ListExecutions. Dates are epoch seconds. */
export function summaryOf(change: StatusChange): Output {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, redrive } = change;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1000,
    ...(stopDate === null ? {} : { stopDate: stopDate / 1000 }),
    redriveCount: redrive?.count ?? 0,
    ...(redrive && { redriveDate: redrive.date / 1000 }),
  };
}

/**
 * The answer of DescribeExecution: members without a value are absent, as on AWS.
 * @param now epoch milliseconds
 */
export function descriptionOf(change: StatusChange, now: number): Output {
  const { input, output, error, cause } = change;
  const reason = whyNotRedrivable(change, now);
  return {
    ...summaryOf(change),
    input,
    inputDetails: { included: true },
    ...(output === null ? {} : { output, outputDetails: { included: true } }),
    ...(error === null ? {} : { error }),
    ...(cause === null ? {} : { cause }),
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(reason !== undefined && { redriveStatusReason: reason }),
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
    loggingConfiguration: loggingOf(source),
    tracingConfiguration: { enabled: source.tracing ?? false },
  };
}

function loggingOf({ logging }: CompiledMachine['source']): Output {
  const { level = 'OFF', includeExecutionData = false, groupArn } = logging ?? {};
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn: groupArn } }];
  return { level, includeExecutionData, ...(groupArn !== undefined && { destinations }) };
}
