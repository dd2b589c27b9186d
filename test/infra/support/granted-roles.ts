import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { table } from './expected-grants.ts';
import type { Json, Synthesized } from './synthesized.ts';

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

/** Actions for which AWS knows no resource but `*`, by the principal that needs them. */
export const withoutResource = {
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

export interface Role {
  readonly name: string;
  readonly service: keyof typeof withoutResource;
  readonly statements: readonly Statement[];
}

export function rolesOf(stack: Synthesized): Role[] {
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
export function grantsOf(stack: Synthesized, stage: string, { statements }: Role): string[] {
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
