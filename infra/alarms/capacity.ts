import { indexes } from '#schema/table.ts';
import { type AlarmDefinition, kebabCase, type Watched } from './definition.ts';

/** Where AWS holds the service up, or ends its executions. */
export function capacityAlarms(watched: Watched): AlarmDefinition[] {
  return [...machineAlarms(watched), ...tableAlarms(watched)];
}

/** Calls of Step Functions that functions make, as its metrics name them. */
const machineApis = ['StartExecution', 'DescribeExecution', 'GetExecutionHistory'] as const;

function machineAlarms({ machine }: Watched): AlarmDefinition[] {
  const executions = { namespace: 'AWS/States', dimensions: { StateMachineArn: machine.arn } };
  const ofTheAccount = {
    namespace: 'AWS/States',
    metric: 'ThrottledEvents',
    page: 'throttled-step-functions',
  } as const;
  return [
    {
      ...executions,
      name: 'executions-timed-out',
      metric: 'ExecutionsTimedOut',
      page: 'stopped-executions',
      description: 'Executions ran out of time',
    },
    {
      ...executions,
      name: 'executions-aborted',
      metric: 'ExecutionsAborted',
      page: 'stopped-executions',
      description: 'Executions were stopped by hand',
    },
    {
      ...executions,
      name: 'throttled-executions',
      metric: 'ExecutionThrottled',
      page: 'throttled-step-functions',
      description: 'Step Functions throttles state transitions: bookings slow down',
    },
    {
      ...ofTheAccount,
      name: 'throttled-transitions',
      dimensions: { ServiceMetric: 'StateTransition' },
      description: "The account's quota of state transitions is used up: raise it through Service Quotas",
    },
    ...machineApis.map((api) => ({
      ...ofTheAccount,
      name: `throttled-${kebabCase(api)}`,
      dimensions: { APIName: api },
      description: `The account's quota of ${api} is used up: raise it through Service Quotas`,
    })),
  ];
}

/** The table's own metrics leave its indexes out; a throttled index holds the table's writes up all the same. */
function tableAlarms({ table }: Watched): AlarmDefinition[] {
  const TableName = table.name;
  const parts = [
    { suffix: '', dimensions: { TableName }, what: 'the table' },
    ...Object.values(indexes).map(({ name }) => ({
      suffix: `-${kebabCase(name)}`,
      dimensions: { TableName, GlobalSecondaryIndexName: name },
      what: `its index ${name}`,
    })),
  ];
  const throttles = (['Read', 'Write'] as const).flatMap((kind) =>
    parts.map(({ suffix, dimensions, what }) => ({
      name: `throttled-${kind.toLowerCase()}s${suffix}`,
      namespace: 'AWS/DynamoDB',
      metric: `${kind}ThrottleEvents`,
      page: 'throttled-table' as const,
      dimensions,
      description: `DynamoDB throttles ${kind.toLowerCase()}s of ${what}`,
    })),
  );
  // Writes alone: a failed read is repeated by its caller, and nothing is left half-done.
  const failures = (['TransactWriteItems', 'UpdateItem'] as const).map((operation) => ({
    name: `failed-${kebabCase(operation)}`,
    namespace: 'AWS/DynamoDB',
    metric: 'SystemErrors',
    page: 'failed-writes' as const,
    dimensions: { TableName, Operation: operation },
    description: `DynamoDB answers ${operation} with internal errors: bookings fail and are undone`,
  }));
  return [...throttles, ...failures];
}
