/** A stack in which all that a kill could lose is under way: a table, queues, a machine, rules, and a function that is called asynchronously. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

export const mostReceives = 3;
export const table = 'kept';

const account = '000000000000';
const arnOf = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:${account}:${rest}`;
export const machineArn = arnOf('states', 'stateMachine:kept');

/** As Terraform writes it. */
const reference = (path: string): string => ['$', `{${path}}`].join('');

const policyOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

const roleOf = (service: string) => ({
  name: `kept-${service}`,
  assume_role_policy: policyOf({ Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } }),
});
const mayAnything = (role: string) => ({ role, policy: policyOf({ Action: '*', Resource: '*' }) });

const queue = (name: string, more: object = {}) => ({ name, ...more });
const letsEvents = (name: string) => ({
  queue_url: reference(`aws_sqs_queue.${name}.url`),
  policy: policyOf({
    Action: 'sqs:SendMessage',
    Resource: arnOf('sqs', name),
    Principal: { Service: 'events.amazonaws.com' },
  }),
});

/** Three quick states: kills meet executions that run, and executions that have ended. */
const definition = {
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Next: 'Cool' },
    Cool: { Type: 'Wait', Seconds: 1, Next: 'Last' },
    Last: { Type: 'Succeed' },
  },
};

export function writeKeptStack(folder: string): string {
  const zip = join(folder, 'job.zip');
  writeFileSync(
    zip,
    zipSync({ 'index.mjs': strToU8("export const handler = async ({ id }) => { throw new Error('job ' + id); };") }),
  );
  const resource = {
    aws_dynamodb_table: {
      kept: { name: table, hash_key: 'id', billing_mode: 'PAY_PER_REQUEST', attribute: [{ name: 'id', type: 'S' }] },
    },
    aws_sqs_queue: {
      orders: queue('orders', {
        redrive_policy: JSON.stringify({ deadLetterTargetArn: arnOf('sqs', 'dead'), maxReceiveCount: mostReceives }),
      }),
      ...Object.fromEntries(['dead', 'ended', 'sold', 'failed'].map((name) => [name, queue(name)])),
    },
    aws_sqs_queue_policy: { ended: letsEvents('ended'), sold: letsEvents('sold') },
    aws_iam_role: { states: roleOf('states'), lambda: roleOf('lambda') },
    aws_iam_role_policy: { states: mayAnything('kept-states'), lambda: mayAnything('kept-lambda') },
    aws_lambda_function: {
      job: {
        function_name: 'job',
        role: reference('aws_iam_role.lambda.arn'),
        filename: zip,
        handler: 'index.handler',
        runtime: 'nodejs24.x',
      },
    },
    aws_lambda_function_event_invoke_config: {
      job: {
        function_name: reference('aws_lambda_function.job.function_name'),
        maximum_retry_attempts: 0,
        destination_config: [{ on_failure: [{ destination: arnOf('sqs', 'failed') }] }],
      },
    },
    aws_sfn_state_machine: {
      kept: { name: 'kept', role_arn: reference('aws_iam_role.states.arn'), definition: JSON.stringify(definition) },
    },
    aws_cloudwatch_event_rule: {
      ended: {
        name: 'ended',
        event_pattern: JSON.stringify({ source: ['aws.states'], detail: { status: ['SUCCEEDED', 'ABORTED'] } }),
      },
      sold: { name: 'sold', event_pattern: JSON.stringify({ source: ['shop'] }) },
    },
    aws_cloudwatch_event_target: {
      ended: { rule: reference('aws_cloudwatch_event_rule.ended.name'), arn: arnOf('sqs', 'ended') },
      sold: { rule: reference('aws_cloudwatch_event_rule.sold.name'), arn: arnOf('sqs', 'sold') },
    },
  };
  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, JSON.stringify({ provider: { aws: [{ region: 'us-east-1' }] }, resource }));
  return stackFile;
}
