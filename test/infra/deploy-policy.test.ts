import { describe, expect, it } from '@jest/globals';
import { permissions } from '#infra/deploy-policy/permissions.ts';
import { policiesOf } from '#infra/deploy-policy/policies.ts';
import type { SynthesizedStack } from '#infra/deploy-policy/stack-scope.ts';
import { type PolicyDocument, policyLimit, policySize } from '#infra/deploy-policy/statement.ts';
import { wideActions } from '#infra/deploy-policy/wide-grants.ts';
import { deployDocuments } from '#infra/deploy-policy.ts';
import { account, allowing, policy, stackOf, statementsOf } from './support/deploy-documents.ts';
import { actionOf } from './support/iam-action.ts';
import { recordedCalls } from './support/recorded-calls.ts';
import { synthesize } from './support/synthesized.ts';

/** Actions in the policy that the record has not, with who needs them or for which change Terraform does. */
const unrecorded: Readonly<Record<string, string>> = {
  'apigateway:PUT': 'tags given with a new API are checked as the method of the older tagging API',
  'dynamodb:UpdateTable': 'Terraform, for indexes and deletion protection',
  'iam:CreateServiceLinkedRole':
    'API Gateway, at the first API of an account; Cognito, at the first pool that sends through SES',
  'iam:PassRole': 'Lambda and Step Functions, for the roles given to them',
  'lambda:DeleteFunctionConcurrency': 'Terraform, where RESERVED_CONCURRENCY is taken away',
  'lambda:PutFunctionConcurrency': 'Terraform, where RESERVED_CONCURRENCY is set',
  'logs:CreateLogDelivery': 'API Gateway, for access logs',
  'logs:DeleteLogDelivery': 'API Gateway, for access logs',
  'logs:DescribeResourcePolicies': 'API Gateway, for access logs',
  'logs:GetLogDelivery': 'API Gateway, for access logs',
  'logs:ListLogDeliveries': 'API Gateway, for access logs',
  'logs:PutResourcePolicy': 'API Gateway, for access logs',
  'logs:UpdateLogDelivery': 'API Gateway, for access logs',
};

describe('the deploy policy', () => {
  it('given a resource type that it does not know, names it', () => {
    const stack = stackOf('dev');
    const changed = { ...stack, resource: { ...stack.resource, aws_kinesis_stream: { Stream: { name: 'x' } } } };

    expect(() => policiesOf(changed, account, 'deploy')).toThrow(/No permissions are known for aws_kinesis_stream/);
    expect(() => policiesOf({ ...stack, data: { aws_ami: {} } }, account, 'plan')).toThrow(/for data\.aws_ami/);
  });

  it('given a resource without a name of its own, says which and why that matters', () => {
    const stack = stackOf('dev');
    const changed = { ...stack, resource: { ...stack.resource, aws_sqs_queue: { Nameless: {} } } };

    expect(() => policiesOf(changed, account, 'deploy')).toThrow(/aws_sqs_queue\.Nameless has no literal name/);
  });

  it('given a name that only looks like one of the stack, refuses to widen the pattern to it', () => {
    const stack = stackOf('dev');
    const changed = {
      ...stack,
      resource: { ...stack.resource, aws_sqs_queue: { Q: { name: 'booking-saga-develop' } } },
    };

    expect(() => policiesOf(changed, account, 'deploy')).toThrow(/booking-saga-develop/);
  });

  it('describes alarms wherever they are, since AWS asks for no less, and changes its own alone', () => {
    const alarms = (action: string): string[] =>
      allowing(policy('prod', 'deploy'), action).flatMap(({ Resource }) => Resource);

    expect(alarms('cloudwatch:DescribeAlarms')).toEqual([`arn:aws:cloudwatch:us-east-1:${account}:alarm:*`]);
    expect(alarms('cloudwatch:PutMetricAlarm')).toEqual([
      `arn:aws:cloudwatch:us-east-1:${account}:alarm:booking-saga-prod-*`,
    ]);
  });

  it('lets Cognito make its role for SES only where a pool sends through it', () => {
    const services = (stage: string): unknown[] =>
      allowing(policy(stage, 'deploy'), 'iam:CreateServiceLinkedRole').map(
        ({ Condition }) => Condition?.StringEquals?.['iam:AWSServiceName'],
      );

    expect(services('prod')).toContain('email.cognito-idp.amazonaws.com');
    expect(services('dev')).toEqual(['ops.apigateway.amazonaws.com']);
  });

  it.each(['12345678901', '*', 'abcdefghijkl'])('refuses the account %s', (other) => {
    expect(() => policiesOf(stackOf('dev'), other, 'deploy')).toThrow(/12 digits/);
  });

  it('has the state and its lock in it where the state is in a bucket, and no bucket otherwise', () => {
    const deploy = policy('dev', 'deploy');
    const state = 'arn:aws:s3:::states/booking-saga/dev/terraform.tfstate';

    expect(allowing(deploy, 's3:PutObject').flatMap(({ Resource }) => Resource)).toEqual([`${state}.tflock`, state]);
    expect(allowing(deploy, 's3:DeleteObject').flatMap(({ Resource }) => Resource)).toEqual([`${state}.tflock`]);
    expect(allowing(policy('dev', 'plan'), 's3:GetObject').flatMap(({ Resource }) => Resource)).toEqual([state]);
    const local = synthesize({ STAGE: 'dev' }).json as SynthesizedStack;
    expect(JSON.stringify(policiesOf(local, account, 'deploy'))).not.toContain('s3:');
  });

  it('reaches items of the table only where the stack has some, and then those of flights alone', () => {
    expect(allowing(policy('prod', 'deploy'), 'dynamodb:PutItem')).toEqual([]);
    expect(allowing(policy('prod', 'plan'), 'dynamodb:GetItem')).toEqual([]);
    const ofFlights = {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['FLIGHT#*'] },
      // Without it a request that names no key, a scan say, would pass.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    };
    for (const [purpose, Action] of [
      ['deploy', ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem']],
      ['plan', ['dynamodb:GetItem']],
    ] as const) {
      expect(allowing(policy('dev', purpose), 'dynamodb:GetItem')).toEqual([
        {
          Effect: 'Allow',
          Action,
          Resource: [`arn:aws:dynamodb:us-east-1:${account}:table/booking-saga-dev-*`],
          Condition: ofFlights,
        },
      ]);
    }
  });

  it('has log delivery in it only where something logs that way', () => {
    const stack = stackOf('dev');
    const silent = structuredClone(stack) as unknown as {
      resource: Record<string, Record<string, Record<string, unknown>>>;
    };
    for (const type of ['aws_apigatewayv2_stage', 'aws_sfn_state_machine']) {
      for (const each of Object.values(silent.resource[type] ?? {})) {
        delete each.access_log_settings;
        delete each.logging_configuration;
      }
    }

    expect(allowing(policy('dev', 'deploy'), 'logs:CreateLogDelivery')).toHaveLength(1);
    const quiet = statementsOf(policiesOf(silent as unknown as SynthesizedStack, account, 'deploy'));
    expect(allowing(quiet, 'logs:CreateLogDelivery')).toEqual([]);
  });

  it('is split where one managed policy is too small, and loses nothing', () => {
    const stack = stackOf('dev');
    const pools = Object.fromEntries(
      Object.keys(permissions)
        .filter((type) => type.startsWith('aws_cognito_'))
        .map((type) => [type, { One: {} }]),
    );
    const documents = deployDocuments(
      { ...stack, resource: { ...stack.resource, ...pools } },
      { account, stage: 'dev' },
    );
    const parts = Object.entries(documents).filter(([name]) => name.startsWith('booking-saga-dev-deploy'));

    expect(parts.map(([name]) => name)).toEqual(['booking-saga-dev-deploy-1', 'booking-saga-dev-deploy-2']);
    const actions = statementsOf(parts.map(([, document]) => document as PolicyDocument)).flatMap(
      ({ Action }) => Action,
    );
    expect(actions).toEqual(
      expect.arrayContaining(['cognito-idp:CreateUserPool', 'sqs:CreateQueue', 'iam:CreateRole']),
    );
    for (const [, document] of parts) expect(policySize(document as PolicyDocument)).toBeLessThanOrEqual(policyLimit);
  });

  it('allows only recorded calls of Terraform, and grants with a reason', () => {
    const recorded = new Set(Object.values(recordedCalls).flatMap((calls) => calls.map(actionOf)));
    const allowed = [...new Set(policy('prod', 'deploy').flatMap(({ Action }) => Action))];

    expect(allowed.filter((action) => !recorded.has(action) && !action.startsWith('s3:')).sort()).toEqual(
      Object.keys(unrecorded).sort(),
    );
  });

  it('has no reason for a grant that it does not give', () => {
    const granted = new Set(
      Object.values(permissions)
        .flat()
        .flatMap(({ read = [], write = [] }) => [...read, ...write]),
    );

    expect(Object.keys(wideActions).filter((action) => !granted.has(action))).toEqual([]);
  });
});
