import type { Grant } from './grant.ts';
import { freeDataSources, permissions } from './permissions.ts';
import { type Scope, type SynthesizedStack, scopeOf } from './stack-scope.ts';
import { mergeStatements, type PolicyDocument, type Statement, splitStatements } from './statement.ts';

/** `deploy` applies and destroys; `plan` only reads, for pull requests, whose code has not been reviewed yet. */
export type Purpose = 'deploy' | 'plan';

/** The managed policies of a role that deploys, or plans, this stack in this account. Throws naming a resource type without permissions. */
export function policiesOf(stack: SynthesizedStack, account: string, purpose: Purpose): PolicyDocument[] {
  const scope = scopeOf(stack, account);
  const statements = Object.entries(stack.resource).flatMap(([type, resources]) =>
    grantsOf(type)
      .filter(({ usedWith }) => usedWith === undefined || Object.values(resources).some((each) => usedWith in each))
      .flatMap((grant) => statementOf(grant, scope, purpose) ?? []),
  );
  for (const type of Object.keys(stack.data ?? {})) if (!freeDataSources.has(type)) throw unknownType(`data.${type}`);
  return splitStatements(mergeStatements([...statements, ...stateStatements(scope, purpose)]));
}

function grantsOf(type: string): readonly Grant[] {
  if (!Object.hasOwn(permissions, type)) throw unknownType(type);
  return permissions[type] as readonly Grant[];
}

function unknownType(type: string): Error {
  return new Error(
    `No permissions are known for ${type}: add what Terraform calls for it to infra/deploy-policy/permissions.ts`,
  );
}

function statementOf(grant: Grant, scope: Scope, purpose: Purpose): Statement | undefined {
  const { read = [], write = [], on, condition } = grant;
  const Action = purpose === 'plan' ? read : [...read, ...write];
  if (Action.length === 0) return undefined;
  const Resource = on(scope);
  if (Resource.length === 0) {
    throw new Error(
      `${Action.join(', ')} would be allowed on nothing: the stack has none of the resources that they are for`,
    );
  }
  return { Effect: 'Allow', Action, Resource, ...(condition ? { Condition: condition(scope) } : {}) };
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions; a plan takes no lock (`-lock=false`). */
function stateStatements({ stateBackend }: Scope, purpose: Purpose): Statement[] {
  if (!stateBackend) return [];
  const bucket = `arn:aws:s3:::${stateBackend.bucket}`;
  const state = `${bucket}/${stateBackend.key}`;
  const reading: Statement[] = [
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [bucket] },
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: [state] },
  ];
  if (purpose === 'plan') return reading;
  return [
    ...reading,
    { Effect: 'Allow', Action: ['s3:PutObject'], Resource: [state] },
    { Effect: 'Allow', Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], Resource: [`${state}.tflock`] },
  ];
}
