import type { Logging, MachineDefinition } from './stepfunctions/index.ts';
import type { Authorize, Stack } from './types.ts';

const levels = ['ALL', 'ERROR', 'FATAL', 'OFF'] as const;

/** What AWS does with the machine's role when it sets up the log. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy */
const deliveryActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

/** @param configuration the machine's `logging_configuration`. @throws Error with the place below the machine */
export function loggingOf(configuration: Readonly<Record<string, unknown>> | undefined, stack: Stack): Logging {
  const { level = 'OFF', include_execution_data: data, log_destination: destination } = configuration ?? {};
  const known = levels.find((one) => one === level);
  if (known === undefined) throw refused(`level "${level}" is none of ${levels.join(', ')}`);
  if (known === 'OFF') return { level: known, includeExecutionData: data === true, groupArn: undefined };
  if (destination === undefined)
    throw refused(`log_destination is missing: write the ARN of a log group with :* behind it`);
  const name = /^arn:[^:]+:logs:[^:]*:\d*:log-group:(.+):\*$/.exec(String(destination))?.[1];
  if (name === undefined) throw refused(`log_destination "${destination}" is no ARN of a log group that ends in :*`);
  if (!stack.resources('aws_cloudwatch_log_group').some(({ attributes }) => attributes.name === name)) {
    throw refused(`log_destination: the stack has no log group ${name}`);
  }
  return { level: known, includeExecutionData: data === true, groupArn: String(destination) };
}

const refused = (why: string): Error => new Error(`logging_configuration.${why}`);

/** @throws Error where AWS would refuse a machine because its role cannot set up the log */
export function checkLogDelivery(machines: readonly MachineDefinition[], authorize: Authorize): void {
  for (const { name, roleArn, logging } of machines) {
    if (logging?.groupArn === undefined) continue;
    for (const action of deliveryActions) {
      try {
        authorize({ roleArn }, action, '*');
      } catch (cause) {
        throw new Error(
          `state machine ${name}: its role may not do ${action} on *, which AWS needs to log executions`,
          {
            cause,
          },
        );
      }
    }
  }
}
