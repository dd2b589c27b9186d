import { describe, expect, it } from '@jest/globals';
import { deployDocuments } from '#infra/deploy-policy.ts';
import { account, stackOf } from './support/deploy-documents.ts';

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

  it('lets the role that removes old versions read what names them, and delete nothing but versions', () => {
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

describe('the trust policies for a person', () => {
  it('let the named user or role take both roles', () => {
    const principal = 'arn:aws:iam::123456789012:user/me';
    const documents = deployDocuments(stackOf('prod'), { account, stage: 'prod', principal });
    for (const purpose of ['deploy', 'plan']) {
      expect(documents[`booking-saga-prod-${purpose}-trust`]).toEqual({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
      });
    }
  });

  it.each(['*', '123456789012', 'arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:user/*'])(
    '%s is refused',
    (principal) => {
      expect(() => deployDocuments(stackOf('prod'), { account, stage: 'prod', principal })).toThrow('ARN of a user');
    },
  );
});
