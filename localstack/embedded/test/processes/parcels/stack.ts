import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { App, TerraformStack, Testing } from 'cdktf';
import { strToU8, zipSync } from 'fflate';

type Statement = Readonly<Record<string, unknown>>;

const policyOf = (Statement: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | readonly string[], Resource: string): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const handlers = {
  weigh: 'export const handler = async ({ parcel }) => ({ parcel, grams: parcel.length * 100 });',
  file: `export const handler = async ({ Records }) => {
    for (const { body } of Records) console.log('filed ' + JSON.parse(body).detail.output);
  };`,
};

function roleOf(stack: TerraformStack, id: string, service: string, statements: readonly Statement[]): IamRole {
  const Trust = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }];
  const role = new IamRole(stack, `${id}Role`, { name: `parcels-${id}`, assumeRolePolicy: policyOf(Trust) });
  new IamRolePolicy(stack, `${id}Policy`, { role: role.name, policy: policyOf(statements) });
  return role;
}

/** Weighs parcels, lets them cool for an hour, and files what came of it: nothing that the package's authors had in mind. */
export function writeParcelStack(folder: string): string {
  const stack = new TerraformStack(new App(), 'parcels');
  new AwsProvider(stack, 'Aws', { region: 'eu-west-1' });
  const done = new SqsQueue(stack, 'Done', { name: 'parcels-done', visibilityTimeoutSeconds: 30 });
  const logs = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], '*');
  const poll = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], done.arn);

  const functionOf = (name: keyof typeof handlers, statements: readonly Statement[]): LambdaFunction => {
    const zip = join(folder, `${name}.zip`);
    writeFileSync(zip, zipSync({ 'index.mjs': strToU8(handlers[name]) }));
    return new LambdaFunction(stack, name, {
      functionName: `parcels-${name}`,
      role: roleOf(stack, name, 'lambda.amazonaws.com', statements).arn,
      filename: zip,
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      timeout: 5,
    });
  };
  const weigh = functionOf('weigh', [logs]);
  const file = functionOf('file', [logs, poll]);
  new LambdaEventSourceMapping(stack, 'Filing', { eventSourceArn: done.arn, functionName: file.arn });

  const definition = {
    StartAt: 'WeighEach',
    States: {
      WeighEach: {
        Type: 'Map',
        ItemsPath: '$.parcels',
        ItemSelector: { 'parcel.$': '$$.Map.Item.Value' },
        ItemProcessor: { StartAt: 'Weigh', States: { Weigh: { Type: 'Task', Resource: weigh.arn, End: true } } },
        ResultPath: '$.weighed',
        Next: 'Cool',
      },
      Cool: { Type: 'Wait', Seconds: 3_600, OutputPath: '$.weighed', End: true },
    },
  };
  const sorted = new CloudwatchLogGroup(stack, 'SortingLog', { name: '/parcels/sorting' });
  const deliver = allow(['logs:*LogDeliver*', 'logs:PutResourcePolicy', 'logs:Describe*'], '*');
  const machine = new SfnStateMachine(stack, 'Machine', {
    name: 'parcels-sorting',
    roleArn: roleOf(stack, 'machine', 'states.amazonaws.com', [allow('lambda:InvokeFunction', weigh.arn), deliver]).arn,
    definition: JSON.stringify(definition),
    loggingConfiguration: { level: 'ERROR', logDestination: `${sorted.arn}:*` },
  });

  const pattern = { source: ['aws.states'], detail: { status: ['SUCCEEDED'], stateMachineArn: [machine.arn] } };
  const rule = new CloudwatchEventRule(stack, 'Sorted', {
    name: 'parcels-sorted',
    eventPattern: JSON.stringify(pattern),
  });
  new CloudwatchEventTarget(stack, 'ToQueue', { rule: rule.name, arn: done.arn });
  new SqsQueuePolicy(stack, 'Letting', {
    queueUrl: done.url,
    policy: policyOf([{ ...allow('sqs:SendMessage', done.arn), Principal: { Service: 'events.amazonaws.com' } }]),
  });

  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, Testing.synth(stack));
  return stackFile;
}
