import { beforeAll, describe, expect, it } from '@jest/globals';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { expected, expectedWithStripe, on, stages } from './support/expected-grants.ts';
import { grantsOf, type Role, rolesOf, withoutResource } from './support/granted-roles.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

let stacks: Record<(typeof stages)[number], Synthesized>;

beforeAll(() => {
  stacks = {
    local: synthesize({ STAGE: 'local' }),
    dev: synthesize({ STAGE: 'dev' }),
    prod: synthesize({ STAGE: 'prod' }),
  };
});

describe.each(stages)('least privilege on stage %s', (stage) => {
  it('gives each function its needs, its own log, and nothing else', () => {
    const stack = stacks[stage];
    const functions = rolesOf(stack).filter(({ service }) => service === 'lambda.amazonaws.com');
    const names = Object.keys(expected).filter((name) => stage !== 'prod' || name !== 'start-booking');

    expect(functions.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const role of functions) {
      const log = stack.reference('aws_cloudwatch_log_group', {
        name: `/aws/lambda/booking-saga-${stage}-${role.name}`,
      });
      expect({ role: role.name, grants: grantsOf(stack, stage, role) }).toEqual({
        role: role.name,
        grants: [
          ...((stage === 'prod' ? expectedWithStripe : expected)[role.name] ?? []),
          `logs:CreateLogStream on \${${log}.arn}:*`,
          `logs:PutLogEvents on \${${log}.arn}:*`,
        ].sort(),
      });
    }
  });

  it('lets the state machine invoke its steps and make the calls of its ASL, and nothing else', () => {
    const stack = stacks[stage];
    const machines = rolesOf(stack).filter(({ service }) => service === 'states.amazonaws.com');
    const steps = sagaFunctions
      .filter(({ role }) => role === 'step')
      .map(({ name }) => stack.reference('aws_lambda_function', { function_name: `booking-saga-${stage}-${name}` }));

    expect(machines).toHaveLength(1);
    expect(grantsOf(stack, stage, machines[0] as Role)).toEqual(
      [
        // Older versions, too: executions that began before a release still name them.
        ...steps.flatMap((fn) => ['', ':*'].map((end) => `lambda:InvokeFunction on \${${fn}.arn}${end}`)),
        ...on('FLIGHT#', 'UpdateItem'),
        'sqs:SendMessage on the dead-letter queue',
      ].sort(),
    );
  });

  it('uses * as a resource only for actions that have no other, and needs all of those', () => {
    for (const role of rolesOf(stacks[stage])) {
      const wide = role.statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);

      expect([...wide].sort()).toEqual(Object.keys(withoutResource[role.service]).sort());
    }
  });

  it('has no wildcard in any action, and one in a resource only where its kind ends with it', () => {
    for (const { statements } of rolesOf(stacks[stage])) {
      for (const { Effect, Action, Resource } of statements) {
        expect(Effect).toBe('Allow');
        for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
        for (const resource of Resource) expect(resource).toMatch(/^(\*|[^*]+(:\*)?)$/);
      }
    }
  });

  it.each([
    ['redrive', 'events.amazonaws.com', 'its own rule', 'aws_cloudwatch_event_rule', 'execution-ended'],
    ['loyalty', 'sns.amazonaws.com', 'the booking topic', 'aws_sns_topic', 'booking'],
  ])('opens the %s queue to %s for %s only', (name, service, _, type, sourceName) => {
    const stack = stacks[stage];
    const source = stack.reference(type, { name: `booking-saga-${stage}-${sourceName}` });
    const queue = stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-${name}` });
    const policy = stack.resource('aws_sqs_queue_policy', { queue_url: `\${${queue}.url}` });

    expect(JSON.parse(policy.policy).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['sqs:SendMessage'],
        Resource: [`\${${queue}.arn}`],
        Condition: { ArnEquals: { 'aws:SourceArn': `\${${source}.arn}` } },
      },
    ]);
  });

  it.each([
    ['undelivered-events', 'events.amazonaws.com', 'aws_cloudwatch_event_rule'],
    ['undelivered-messages', 'sns.amazonaws.com', 'aws_sns_topic'],
  ])('opens the queue of %s to %s for what it could not deliver only', (name, service, type) => {
    const stack = stacks[stage];
    const queue = stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-${name}` });
    const { policy } = stack.resource('aws_sqs_queue_policy', { queue_url: `\${${queue}.url}` });
    const [statement, ...more] = JSON.parse(policy).Statement;

    expect(more).toEqual([]);
    expect(statement).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: service },
      Action: ['sqs:SendMessage'],
      Resource: [`\${${queue}.arn}`],
    });
    expect(Object.keys(statement.Condition)).toEqual(['ArnEquals']);
    const sources: Json[] = Object.values(stack.resources(type)).filter((each) => !each.name.endsWith('-alarms'));
    expect([statement.Condition.ArnEquals['aws:SourceArn']].flat().sort()).toEqual(
      sources.map((each) => `\${${stack.reference(type, { name: each.name })}.arn}`).sort(),
    );
  });

  it('lets Step Functions take the role of the machine for machines of its own account alone', () => {
    const stack = stacks[stage];
    const { assume_role_policy } = stack.resource('aws_iam_role', { name: `booking-saga-${stage}-process-booking` });

    expect(JSON.parse(assume_role_policy).Statement[0].Condition).toEqual({
      StringEquals: {
        'aws:SourceAccount': expect.stringMatching(/^\$\{data\.aws_caller_identity\.\w+\.account_id\}$/),
      },
    });
  });

  it('lets every permission to invoke a function name its source', () => {
    for (const permission of Object.values(stacks[stage].resources('aws_lambda_permission'))) {
      expect(permission.action).toBe('lambda:InvokeFunction');
      expect(permission.source_arn).toMatch(/^\$\{[a-z0-9_]+\.\w+\.(execution_)?arn\}/);
    }
  });
});
