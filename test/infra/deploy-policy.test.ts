import { beforeAll, describe, expect, it } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { permissions } from '#infra/deploy-policy/permissions.ts';
import { type Purpose, policiesOf } from '#infra/deploy-policy/policies.ts';
import type { SynthesizedStack } from '#infra/deploy-policy/stack-scope.ts';
import { type PolicyDocument, policyLimit, policySize, type Statement } from '#infra/deploy-policy/statement.ts';
import { wideActions, wideResources } from '#infra/deploy-policy/wide-grants.ts';
import { deployDocuments } from '#infra/deploy-policy.ts';
import { actionOf, recordedCalls } from './support/recorded-calls.ts';
import { type Synthesized, synthesize } from './support/synthesized.ts';

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

const account = '123456789012';
const stacks = new Map<string, Synthesized>();

beforeAll(() => {
  for (const STAGE of stageNames) stacks.set(STAGE, synthesize({ STAGE, TF_STATE_BUCKET: 'states' }));
});

const stackOf = (stage: string): SynthesizedStack => structuredClone(stacks.get(stage)?.json);
const statementsOf = (documents: readonly PolicyDocument[]): Statement[] =>
  documents.flatMap(({ Statement: statements }) => statements);
const policy = (stage: string, purpose: Purpose): Statement[] =>
  statementsOf(policiesOf(stackOf(stage), account, purpose));
const allowing = (statements: readonly Statement[], action: string): Statement[] =>
  statements.filter(({ Action }) => Action.includes(action));

describe.each(stageNames)('the deploy policy of stage %s', (stage) => {
  it('allows every call that Terraform was seen to make for the resource types of the stack', () => {
    const allowed = new Set(policy(stage, 'deploy').flatMap(({ Action }) => Action));
    const types = Object.keys(stackOf(stage).resource);

    expect(types.filter((type) => !Object.hasOwn(recordedCalls, type))).toEqual([]);
    const needed = types.flatMap((type) => (recordedCalls[type] ?? []).map(actionOf));
    expect(needed.length).toBeGreaterThan(60);
    expect(needed.filter((action) => !allowed.has(action))).toEqual([]);
  });

  it('names every action in full', () => {
    for (const action of policy(stage, 'deploy').flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
    }
  });

  it.each(['deploy', 'plan'] satisfies Purpose[])(
    'lets %s reach beyond the names of the stack only where AWS leaves no choice, each with its reason',
    (purpose) => {
      const ours = new RegExp(
        `booking-saga-${stage}(-\\*)?$|booking-saga-${stage}:\\*$|/${stage}/service/booking/\\*$`,
      );
      for (const { Action, Resource } of policy(stage, purpose)) {
        for (const resource of Resource) {
          const beyond = resource.replace(/^arn:aws:[a-z0-9-]*:[a-z0-9-]*:\d*:/, '');
          if (resource === '*') expect(Action.filter((action) => !wideActions[action])).toEqual([]);
          else if (/^arn:aws:(s3:::states|iam::\d+:role\/aws-service-role)/.test(resource)) continue;
          else if (!ours.test(resource)) expect(Object.keys(wideResources)).toContain(beyond);
        }
      }
    },
  );

  it('fits into managed policies', () => {
    for (const document of policiesOf(stackOf(stage), account, 'deploy')) {
      expect(policySize(document)).toBeLessThanOrEqual(policyLimit);
    }
  });

  it('keeps to one account and one region', () => {
    for (const resource of policy(stage, 'deploy').flatMap(({ Resource }) => Resource)) {
      if (resource === '*' || resource.startsWith('arn:aws:s3:::')) continue;
      const [, , service, region, owner] = resource.split(':');
      expect([service, region]).toEqual([
        service,
        service === 'iam' || resource.includes(':dashboard/') ? '' : 'us-east-1',
      ]);
      expect(owner).toBe(service === 'apigateway' ? '' : account);
    }
  });

  it('passes roles only to the services that they are for', () => {
    expect(allowing(policy(stage, 'deploy'), 'iam:PassRole')).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: [`arn:aws:iam::${account}:role/booking-saga-${stage}-*`],
        Condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } },
      },
    ]);
  });

  it('lets a plan change nothing', () => {
    const reading = /:(Describe|Get|List|Validate)[A-Za-z]*$|^apigateway:GET$/;

    expect(policy(stage, 'plan').flatMap(({ Action }) => Action.filter((action) => !reading.test(action)))).toEqual([]);
  });
});

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

  it('allows nothing that Terraform was not seen to call, save what has a reason', () => {
    const recorded = new Set(Object.values(recordedCalls).flatMap((calls) => calls.map(actionOf)));
    const allowed = [...new Set(policy('prod', 'deploy').flatMap(({ Action }) => Action))];

    expect(allowed.filter((action) => !recorded.has(action) && !action.startsWith('s3:')).sort()).toEqual(
      Object.keys(unrecorded).sort(),
    );
  });

  it('gives no reason for what it does not allow', () => {
    const granted = new Set(
      Object.values(permissions)
        .flat()
        .flatMap(({ read = [], write = [] }) => [...read, ...write]),
    );

    expect(Object.keys(wideActions).filter((action) => !granted.has(action))).toEqual([]);
  });
});

describe('the trust policies for GitHub', () => {
  const documents = () => deployDocuments(stackOf('prod'), { account, stage: 'prod', github: 'example/bookings' });
  const conditionOf = (name: string): unknown =>
    (documents()[name] as { Statement: [{ Condition: unknown }] }).Statement[0].Condition;

  it('lets only jobs of the protected environment deploy', () => {
    expect(conditionOf('booking-saga-prod-deploy-trust')).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example/bookings:environment:prod',
      },
    });
  });

  it('lets pull requests and tags of releases plan, and no branch', () => {
    expect(conditionOf('booking-saga-prod-plan-trust')).toEqual({
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      StringLike: {
        'token.actions.githubusercontent.com:sub': [
          'repo:example/bookings:pull_request',
          'repo:example/bookings:ref:refs/tags/v*',
        ],
      },
    });
  });

  it('lets whoever removes old versions read what names them, and take nothing away but versions', () => {
    const documents = deployDocuments(stackOf('prod'), { account, stage: 'prod' });
    const inRegion = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${account}:${rest}`;

    expect(documents['booking-saga-prod-versions']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['lambda:ListVersionsByFunction'],
          Resource: [inRegion('lambda', 'function:booking-saga-prod-*')],
        },
        {
          Effect: 'Allow',
          Action: ['lambda:DeleteFunction'],
          Resource: [inRegion('lambda', 'function:booking-saga-prod-*:*')],
        },
        {
          Effect: 'Allow',
          Action: ['states:DescribeStateMachine', 'states:ListExecutions'],
          Resource: [inRegion('states', 'stateMachine:booking-saga-prod-*')],
        },
        {
          Effect: 'Allow',
          Action: ['states:DescribeStateMachineForExecution'],
          Resource: [inRegion('states', 'execution:booking-saga-prod-*:*')],
        },
        {
          Effect: 'Allow',
          Action: ['ssm:GetParameter'],
          Resource: [inRegion('ssm', 'parameter/prod/service/booking/statemachine/processBooking')],
        },
      ],
    });
  });

  it('lets the role of a stage that takes bare passwords make a customer for the smoke test, and no other role', () => {
    const names = (stage: string) =>
      Object.keys(deployDocuments(stackOf(stage), { account, stage })).filter((name) => name.endsWith('-smoke'));

    expect(names('dev')).toEqual(['booking-saga-dev-smoke']);
    expect(names('prod')).toEqual([]);
    expect(deployDocuments(stackOf('dev'), { account, stage: 'dev' })['booking-saga-dev-smoke']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminDeleteUser', 'cognito-idp:AdminSetUserPassword'],
          Resource: [`arn:aws:cognito-idp:us-east-1:${account}:userpool/*`],
        },
      ],
    });
  });

  it.each(['*', 'bookings', 'example/*', 'a/b/c'])('refuses %s as a repository', (github) => {
    expect(() => deployDocuments(stackOf('prod'), { account, stage: 'prod', github })).toThrow(/owner\/name/);
  });
});
