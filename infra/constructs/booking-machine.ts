import { CloudwatchLogGroup, Construct, DataAwsCallerIdentity, SfnStateMachine } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { pascalCase } from '../functions/names.ts';
import { keyConditionOf } from '../key-condition.ts';
import { renderAsl } from '../render-asl.ts';
import type { BookingTable } from './booking-table.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceRole, tracing } from './role.ts';
import type { SagaFunction } from './saga-function.ts';

/** Actions of the log delivery API, which know no resources. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const logDeliveryActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

export interface BookingMachineProps {
  readonly config: StageConfig;
  readonly template: string;
  /** Its steps, retired ones too. */
  readonly functions: readonly SagaFunction[];
  readonly table: BookingTable;
  readonly deadLetterQueue: DeadLetterQueue;
}

/** The saga's state machine. Its role may call its steps and what the ASL names, and nothing else. */
export class BookingMachine extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly executionsArn: string;
  /** Seconds after which AWS stops an execution. */
  readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, props: BookingMachineProps) {
    super(scope, id);
    const { config, template, functions, table, deadLetterQueue } = props;
    this.name = physicalName(config, 'process-booking');

    const placeholderOf = ({ definition }: SagaFunction): string => `${pascalCase(definition.name)}FunctionArn`;
    const { definition, placeholders, timeoutSeconds } = renderAsl(
      template,
      {
        ...Object.fromEntries(functions.map((step) => [placeholderOf(step), step.releaseArn])),
        TableName: table.name,
        DeadLetterQueueUrl: deadLetterQueue.url,
      },
      { retry: config.retry },
    );
    this.timeoutSeconds = timeoutSeconds;

    const { accountId } = new DataAwsCallerIdentity(this, 'Account');
    // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-confused-deputy
    const trust = { service: 'states.amazonaws.com', onlyFor: accountId };
    const role = new ServiceRole(this, 'Access', { name: this.name, ...trust });
    role.allow({
      actions: ['lambda:InvokeFunction'],
      // Of all versions, and retired steps, too: executions that began before the release name them.
      resources: functions.flatMap(({ arn }) => [arn, `${arn}:*`]),
    });
    if (placeholders.has('TableName')) {
      // It takes and gives back seats, and nothing else of the table is its.
      role.allow({ actions: ['dynamodb:UpdateItem'], resources: [table.arn], condition: keyConditionOf('flight') });
    }
    if (placeholders.has('DeadLetterQueueUrl')) {
      role.allow({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.arn] });
    }
    role.allow({ actions: logDeliveryActions, resources: ['*'] });
    role.allow({
      actions: [...tracing.actions, 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
      resources: ['*'],
    });

    const logGroup = new CloudwatchLogGroup(this, 'Logs', {
      // The prefix keeps the account's log resource policy, which AWS extends for each group, below its size limit.
      name: `/aws/vendedlogs/states/${this.name}`,
      retentionInDays: config.logRetentionDays,
    });
    const machine = new SfnStateMachine(this, 'StateMachine', {
      name: this.name,
      type: 'STANDARD',
      roleArn: role.arn,
      definition,
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: config.logExecutionData,
        logDestination: `${logGroup.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
      // AWS tries the log delivery with the role when the machine is made.
      dependsOn: [role.policy],
    });
    this.arn = machine.arn;
    // Executions have an ARN of their own kind, and no attribute of the machine has its beginning.
    this.executionsArn = `arn:aws:states:${config.region}:${accountId}:execution:${this.name}:*`;
  }
}
