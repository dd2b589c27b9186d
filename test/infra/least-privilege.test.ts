import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { legs } from '#functions/legs.ts';
import { kebabCase } from '#infra/functions/names.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

const leadingKeys = 'dynamodb:LeadingKeys';
const named = { Null: { [leadingKeys]: 'false' } };

/** Where a statement's condition lets into the table; spelled out here, as IAM reads it. */
const partitionsOf = (condition: unknown): string => {
  const trips = { 'ForAllValues:StringNotLike': { [leadingKeys]: ['*#*'] }, ...named };
  if (isDeepStrictEqual(condition, trips)) return 'trips';
  for (const prefix of ['AUDIT#', 'CHARGE#', 'FLIGHT#', 'IDEMPOTENCY#', 'LOYALTY#', 'RATE#', 'REQUEST#']) {
    const inside = { 'ForAllValues:StringLike': { [leadingKeys]: [`${prefix}*`] }, ...named };
    if (isDeepStrictEqual(condition, inside)) return prefix;
  }
  return `${JSON.stringify(condition)}`;
};

const table = 'the table';
const on = (partitions: string, ...actions: string[]) =>
  actions.map((action) => `dynamodb:${action} on ${partitions} of ${table}`);
const reserve = on('trips', 'ConditionCheckItem', 'PutItem');
const confirm = on('trips', 'UpdateItem');
const cancel = on('trips', 'DeleteItem');
const publish = ['sns:Publish on the booking topic'];
/** Reads what the header still says, and takes the booking off the list of the unfinished ones once it is told. */
const notify = [...on('trips', 'GetItem', 'UpdateItem'), ...publish];
/** How many charges a customer has tried, and which keys were counted. */
const chargeCount = on('RATE#', 'PutItem', 'UpdateItem');
/** Accepted requests, and what stands for a booking until it has a header; never a header itself. */
const accepts = [...on('IDEMPOTENCY#', 'GetItem', 'PutItem'), ...on('REQUEST#', 'GetItem', 'PutItem')];

/** All that each role may do, besides writing its own log and traces. Spelled out, so that no grant comes by the way. */
const expected: Record<string, readonly string[]> = {
  // A header; and the message of the cancelled booking whose place it takes.
  'reserve-booking': [...on('trips', 'PutItem'), ...publish],
  'confirm-booking': confirm,
  // Reads the trip before it closes it: nothing may be left of what is closed.
  'close-booking': [...on('trips', 'Query'), ...confirm],
  'cancel-booking': [
    // The flight that had no seat to give: is there one at all?
    ...on('FLIGHT#', 'GetItem'),
    // A tombstone; and the message of the cancelled booking whose place it takes.
    ...on('trips', 'PutItem'),
    ...publish,
    ...confirm,
  ],
  ...Object.fromEntries(
    legs.flatMap(({ states }) => [
      [kebabCase(states.reserve), reserve],
      [kebabCase(states.confirm), confirm],
      [kebabCase(states.cancel), cancel],
    ]),
  ),
  'take-payment': [...reserve, ...confirm, ...on('CHARGE#', 'UpdateItem')],
  'refund-payment': [...cancel, ...on('CHARGE#', 'UpdateItem')],
  'notify-booking-confirmed': notify,
  'notify-booking-failed': notify,
  'start-booking': [...on('CHARGE#', 'PutItem'), 'states:StartExecution on the machine'],
  health: [],
  openapi: [],
  bookings: [
    // The mark of a cancellation; all items of a trip whose header an older release has opened.
    ...on('trips', 'GetItem', 'Query', 'UpdateItem'),
    ...on('FLIGHT#', 'GetItem'),
    ...accepts,
    `dynamodb:Query on ${table}/index/ByCustomerStatus`,
    'states:GetExecutionHistory on executions of the machine',
    'states:StartExecution on the machine',
  ],
  flights: [`dynamodb:Query on ${table}/index/ByDepartureSchedule`],
  graphql: [
    // Check-ins, deleted bookings, marks of cancellations; all items of a trip whose header an older release has opened.
    ...on('trips', 'GetItem', 'Query', 'UpdateItem'),
    // The flights of a page of bookings, and flights of the catalog, which Admins write.
    ...on('FLIGHT#', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
    // The caller's points.
    ...on('LOYALTY#', 'GetItem'),
    ...accepts,
    `dynamodb:Query on ${table}/index/ByCustomerStatus`,
    `dynamodb:Query on ${table}/index/ByDepartureSchedule`,
    `dynamodb:Scan on ${table}/index/ByCustomerStatus`,
    `dynamodb:Scan on ${table}/index/ByDepartureSchedule`,
    'states:StartExecution on the machine',
  ],
  'redrive-booking': [
    ...notify,
    'sqs:DeleteMessage on the redrive queue',
    'sqs:GetQueueAttributes on the redrive queue',
    'sqs:ReceiveMessage on the redrive queue',
    'sqs:SendMessage on the dead-letter queue',
    'sqs:SendMessage on the redrive queue',
    'states:DescribeExecution on executions of the machine',
    'states:StartExecution on the machine',
  ],
  'reconcile-bookings': [
    // A header, and the whole trip where it does not keep its run's input.
    ...on('trips', 'GetItem', 'Query'),
    `dynamodb:Query on ${table}/index/ByUnfinished`,
    // Lambda, in its name, where a run fails.
    'sqs:SendMessage on the queue of failed invocations',
    'states:StartExecution on the machine',
  ],
  'audit-seat-holds': [
    // How far it has come.
    ...on('AUDIT#', 'GetItem', 'PutItem'),
    ...on('FLIGHT#', 'GetItem', 'UpdateItem'),
    // The headers that holds name.
    ...on('trips', 'BatchGetItem'),
    `dynamodb:Query on ${table}/index/BySeatAudit`,
    // Once, for the flights of an older release.
    `dynamodb:Scan on ${table}/index/ByDepartureSchedule`,
    'sqs:SendMessage on the queue of failed invocations',
  ],
  'create-charge': [...on('CHARGE#', 'PutItem'), ...on('IDEMPOTENCY#', 'PutItem'), ...chargeCount],
  'get-loyalty': on('LOYALTY#', 'GetItem'),
  'credit-loyalty': [
    ...on('LOYALTY#', 'PutItem', 'UpdateItem'),
    'sqs:DeleteMessage on the loyalty queue',
    'sqs:GetQueueAttributes on the loyalty queue',
    'sqs:ReceiveMessage on the loyalty queue',
  ],
};

/** On stages that pay through Stripe: its key in place of the ledger's items. */
const key = "ssm:GetParameter on Stripe's key";
const expectedWithStripe: Record<string, readonly string[]> = {
  ...expected,
  'take-payment': [...reserve, ...confirm, key],
  'refund-payment': [...cancel, key],
  'create-charge': [key, ...chargeCount],
};

/** Actions for which AWS knows no resource but `*`, by the principal that needs them. */
const withoutResource = {
  'lambda.amazonaws.com': {
    'xray:PutTraceSegments': 'X-Ray has no resources to write traces to',
    'xray:PutTelemetryRecords': 'X-Ray has no resources to write traces to',
  },
  'states.amazonaws.com': {
    'xray:PutTraceSegments': 'X-Ray has no resources to write traces to',
    'xray:PutTelemetryRecords': 'X-Ray has no resources to write traces to',
    'xray:GetSamplingRules': 'sampling rules belong to the account',
    'xray:GetSamplingTargets': 'sampling rules belong to the account',
    'logs:CreateLogDelivery': 'the log delivery API has no resources',
    'logs:GetLogDelivery': 'the log delivery API has no resources',
    'logs:UpdateLogDelivery': 'the log delivery API has no resources',
    'logs:DeleteLogDelivery': 'the log delivery API has no resources',
    'logs:ListLogDeliveries': 'the log delivery API has no resources',
    'logs:PutResourcePolicy': 'log resource policies belong to the account',
    'logs:DescribeResourcePolicies': 'log resource policies belong to the account',
    'logs:DescribeLogGroups': 'the log delivery API lists all groups to find its own',
  },
} as const;

const stages = ['local', 'dev', 'prod'] as const;
let stacks: Record<(typeof stages)[number], Synthesized>;

beforeAll(() => {
  stacks = {
    local: synthesize({ STAGE: 'local' }),
    dev: synthesize({ STAGE: 'dev' }),
    prod: synthesize({ STAGE: 'prod' }),
  };
});

interface Role {
  readonly name: string;
  readonly service: keyof typeof withoutResource;
  readonly statements: readonly Statement[];
}

function rolesOf(stack: Synthesized): Role[] {
  return Object.entries(stack.resources('aws_iam_role')).map(([logicalName, role]) => {
    const policies = Object.values(stack.resources('aws_iam_role_policy')).filter(
      (policy: Json) => policy.role === `\${aws_iam_role.${logicalName}.name}`,
    );
    const trust = JSON.parse(role.assume_role_policy).Statement;
    expect(trust).toHaveLength(1);
    return {
      name: role.name.replace(/^booking-saga-(local|dev|prod)-/, ''),
      service: trust[0].Principal.Service,
      statements: policies.flatMap((policy: Json) => JSON.parse(policy.policy).Statement),
    };
  });
}

/** `action on resource` of all statements that name resources, with the stack's references in words. */
function grantsOf(stack: Synthesized, stage: string, { statements }: Role): string[] {
  const words: Record<string, string> = {
    [`\${${stack.reference('aws_dynamodb_table')}.arn}`]: table,
    [`\${${stack.reference('aws_sns_topic', { name: `booking-saga-${stage}-booking` })}.arn}`]: 'the booking topic',
    [`\${${stack.reference('aws_sfn_state_machine')}.arn}`]: 'the machine',
    [`\${${stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-redrive` })}.arn}`]: 'the redrive queue',
    [`\${${stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-dead-letters` })}.arn}`]:
      'the dead-letter queue',
    [`\${${stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-loyalty` })}.arn}`]: 'the loyalty queue',
    [`\${${stack.reference('aws_sqs_queue', { name: `booking-saga-${stage}-failed-invocations` })}.arn}`]:
      'the queue of failed invocations',
  };
  const inWords = (resource: string): string => {
    const execution =
      /^arn:aws:states:us-east-1:\$\{data\.aws_caller_identity\.\w+\.account_id\}:execution:(.+):\*$/.exec(resource);
    if (execution?.[1] === stack.resource('aws_sfn_state_machine').name) return 'executions of the machine';
    if (/^arn:aws:ssm:us-east-1:\$\{[^}]+\}:parameter\/prod\/service\/payment\/stripe\/secretKey$/.test(resource)) {
      return "Stripe's key";
    }
    return Object.entries(words).reduce((text, [reference, word]) => text.replace(reference, word), resource);
  };
  return statements
    .filter(({ Resource }) => !Resource.includes('*'))
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((each) => {
          const word = inWords(each);
          const bound = word === table || Condition !== undefined;
          return `${action} on ${bound ? `${partitionsOf(Condition)} of ` : ''}${word}`;
        }),
      ),
    )
    .sort();
}

describe.each(stages)('least privilege on stage %s', (stage) => {
  it('gives each function what it needs, its own log, and nothing else', () => {
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

  it('lets the state machine invoke its steps and do what its ASL names, and nothing else', () => {
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
