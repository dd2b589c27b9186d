import { createIam, type Iam } from '#embedded/iam/index.ts';
import type { Stack, StackResource } from '#embedded/types.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/weigh-parcel';
export const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/parcels';
export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:weigh-parcel';
export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:redrive';

type Attributes = StackResource['attributes'];

/** A stack of these resources; all attributes are taken as resolved. */
export function aStackOf(resources: readonly StackResource[]): Stack {
  return {
    region: 'us-east-1',
    accountId: '000000000000',
    folder: '.',
    outputs: {},
    types: [...new Set(resources.map(({ type }) => type))],
    resources: (type) => resources.filter((each) => each.type === type),
  };
}

export function trusting(service: string, more: object = {}): string {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, ...more };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

export function aRole(attributes: Attributes = {}): StackResource {
  const trust = trusting('lambda.amazonaws.com');
  return {
    type: 'aws_iam_role',
    name: 'R',
    attributes: { name: 'weigh-parcel', arn: ROLE, assume_role_policy: trust, ...attributes },
  };
}

export function aFunction(attributes: Attributes = {}): StackResource {
  const own = { function_name: 'weigh-parcel', arn: FUNCTION, role: ROLE };
  return { type: 'aws_lambda_function', name: 'F', attributes: { ...own, ...attributes } };
}

/** IAM of one function whose role has a policy of these statements. */
export function anIam(statements: readonly object[], others: readonly StackResource[] = []): Iam {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const attributes = { name: 'p', role: 'weigh-parcel', policy };
  return createIam(aStackOf([aRole(), aFunction(), { type: 'aws_iam_role_policy', name: 'P', attributes }, ...others]));
}

export const allow = (Action: string | string[], Resource: string | string[] = TABLE, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
