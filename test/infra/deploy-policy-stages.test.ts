import { describe, expect, it } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { type Purpose, policiesOf } from '#infra/deploy-policy/policies.ts';
import { policyLimit, policySize } from '#infra/deploy-policy/statement.ts';
import { wideActions, wideResources } from '#infra/deploy-policy/wide-grants.ts';
import { account, allowing, policy, stackOf } from './support/deploy-documents.ts';
import { actionOf } from './support/iam-action.ts';
import { recordedCalls } from './support/recorded-calls.ts';

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
