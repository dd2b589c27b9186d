import { expect, it } from '@jest/globals';
import { createIamApi } from '#embedded/iam/api.ts';
import { type Authorize, OUTSIDE } from '#embedded/types.ts';
import { aRole, aStackOf, ROLE } from './an-iam.ts';

const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const attributes = { name: 'p', role: 'weigh-parcel', policy };
const stack = aStackOf([
  aRole(),
  aRole({ name: 'other', arn: `${ROLE}-2`, path: '/team/' }),
  { type: 'aws_iam_role_policy', name: 'P', attributes },
]);

function calling(authorize: Authorize = () => {}) {
  const api = createIamApi({ stack, authorize, createdAt: 7 });
  return (operation: string, input: object = {}) => api.call(operation, { ...input }, OUTSIDE);
}

it('lists the roles of the stack, below a path too', async () => {
  const call = calling();

  expect(await call('ListRoles')).toMatchObject({
    Roles: [{ RoleName: 'weigh-parcel', Arn: ROLE, Path: '/', CreateDate: new Date(7) }, { RoleName: 'other' }],
    IsTruncated: false,
  });
  expect((await call('ListRoles', { PathPrefix: '/team/' })).Roles).toHaveLength(1);
});

it('gives a role and its policies, whose documents are encoded as in a URL', async () => {
  const call = calling();
  const RoleName = 'weigh-parcel';

  const { Role } = (await call('GetRole', { RoleName })) as { Role: { AssumeRolePolicyDocument: string } };

  expect(JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument))).toMatchObject({ Version: '2012-10-17' });
  expect(await call('ListRolePolicies', { RoleName })).toMatchObject({ PolicyNames: ['p'] });
  expect(await call('ListAttachedRolePolicies', { RoleName })).toMatchObject({ AttachedPolicies: [] });
  expect(await call('GetRolePolicy', { RoleName, PolicyName: 'p' })).toEqual({
    RoleName,
    PolicyName: 'p',
    PolicyDocument: encodeURIComponent(policy),
  });
});

it.each<[string, object]>([
  ['GetRole', { RoleName: 'none' }],
  ['GetRolePolicy', { RoleName: 'weigh-parcel', PolicyName: 'q' }],
])('%s tells what is not there', async (operation, input) => {
  await expect(calling()(operation, input)).rejects.toMatchObject({ code: 'NoSuchEntity', statusCode: 404 });
});

it('asks for the permission of the operation on the role', async () => {
  const asked: unknown[] = [];
  const call = calling((_caller, ...request) => asked.push(request.slice(0, 2)));

  await call('ListRoles');
  await call('GetRole', { RoleName: 'other' });

  expect(asked).toEqual([
    ['iam:ListRoles', '*'],
    ['iam:GetRole', `${ROLE}-2`],
  ]);
});
