/** IAM's reads: the roles of the stack with their policies. */
import { createHash } from 'node:crypto';
import { page } from '../page.ts';
import { createService, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService, type Stack, type StackResource } from '../types.ts';
import { attachedPoliciesOf } from './attached-policies.ts';

interface IamApiOptions {
  readonly stack: Stack;
  readonly authorize: Authorize;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export function createIamApi({ stack, authorize, createdAt }: IamApiOptions): AwsService {
  const roles = () => stack.resources('aws_iam_role');

  function described({ attributes }: StackResource) {
    const { name, arn, path = '/', unique_id: id, assume_role_policy: trust, description } = attributes;
    return {
      Path: path,
      RoleName: name,
      RoleId: id ?? `AROA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`,
      Arn: arn,
      CreateDate: new Date(createdAt),
      AssumeRolePolicyDocument: encoded(trust),
      ...(description && { Description: description }),
      MaxSessionDuration: attributes.max_session_duration ?? 3600,
    };
  }

  /** Operations on one role; AWS asks for the permission before it looks for the role, and after it has looked at the name. */
  const onRole =
    (action: string, read: (role: StackResource, own: readonly StackResource[], input: Json) => object): Operation =>
    (input, caller) => {
      const RoleName = nameIn(input, 'RoleName');
      const role = roles().find(({ attributes }) => attributes.name === RoleName);
      const arn = role?.attributes.arn ?? `arn:aws:iam::${stack.accountId}:role/${RoleName}`;
      authorize(caller, `iam:${action}`, arn);
      if (role === undefined) throw missing(`The role with name ${RoleName} cannot be found.`);
      const own = stack.resources('aws_iam_role_policy').filter(({ attributes }) => attributes.role === RoleName);
      return { ...read(role, own, input) };
    };

  const operations: Record<string, Operation> = {
    ListRoles(input, caller) {
      authorize(caller, 'iam:ListRoles', '*');
      const { PathPrefix = '/' } = input;
      const within = roles()
        .map(described)
        .filter(({ Path }) => String(Path).startsWith(String(PathPrefix)));
      return paged('Roles', within, input);
    },
    GetRole: onRole('GetRole', (role) => ({ Role: described(role) })),
    ListRolePolicies: onRole('ListRolePolicies', (_role, own, input) => {
      const names = own.map(({ attributes }) => attributes.name);
      return paged('PolicyNames', names, input);
    }),
    ListAttachedRolePolicies: onRole('ListAttachedRolePolicies', ({ attributes }, _own, input) => {
      const attached = attachedPoliciesOf(stack, attributes.name);
      return paged(
        'AttachedPolicies',
        attached.map(({ arn, name }) => ({ PolicyName: name, PolicyArn: arn })),
        input,
      );
    }),
    GetRolePolicy: onRole('GetRolePolicy', (_role, own, input) => {
      const PolicyName = nameIn(input, 'PolicyName');
      const found = own.find(({ attributes }) => attributes.name === PolicyName);
      if (found === undefined) throw missing(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName: input.RoleName, PolicyName, PolicyDocument: encoded(found.attributes.policy) };
    }),
  };
  return createService('IAM', operations, {}, members);
}

const members: Shape = each('text', 'Marker', 'MaxItems', 'PathPrefix', 'PolicyName', 'RoleName');

/** @throws AwsError `ValidationError` where there is none */
function nameIn(input: Json, member: string): string {
  const name = input[member];
  if (typeof name === 'string' && name !== '') return name;
  const constraint = name === '' ? 'have length greater than or equal to 1' : 'not be null';
  const place = `'${member.charAt(0).toLowerCase()}${member.slice(1)}'`;
  const message = `1 validation error detected: Value at ${place} failed to satisfy constraint: Member must ${constraint}`;
  throw new AwsError('ValidationError', message);
}

const listing = { limit: 'MaxItems', token: 'Marker', most: 1_000, preset: 100, code: 'ValidationError' };

function paged(member: string, all: readonly unknown[], input: Json) {
  const { items, next } = page(all, input, listing);
  return { [member]: items, IsTruncated: next !== undefined, ...(next && { Marker: next }) };
}

/** Policies travel as JSON in the form of a URL. */
function encoded(policy: unknown): string {
  return encodeURIComponent(typeof policy === 'string' ? policy : JSON.stringify(policy));
}

const missing = (message: string) => new AwsError('NoSuchEntity', message, 404);
