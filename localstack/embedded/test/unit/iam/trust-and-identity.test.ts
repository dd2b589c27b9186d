import { describe, expect, it } from '@jest/globals';
import { createIam } from '#embedded/iam/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aFunction, allow, anIam, aRole, aStackOf, FUNCTION, ROLE, TABLE, trusting } from './an-iam.ts';

describe('credentials', () => {
  it('bind a key to its role, the same on every start', () => {
    const iam = anIam([allow('a:B')]);
    const { accessKeyId, secretAccessKey, sessionToken } = iam.credentialsFor(ROLE);

    expect(iam.callerOf(accessKeyId)).toEqual({ roleArn: ROLE });
    expect(anIam([allow('a:C')]).credentialsFor(ROLE)).toEqual({ accessKeyId, secretAccessKey, sessionToken });
    expect(accessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/);
  });

  it('make any other key somebody outside', () => {
    const iam = anIam([allow('a:B')]);

    expect(iam.callerOf('AKIAIOSFODNN7EXAMPLE')).toBe(OUTSIDE);
    expect(iam.callerOf(undefined)).toBe(OUTSIDE);
  });

  it('are refused for a role that is not in the stack', () => {
    expect(() => anIam([allow('a:B')]).credentialsFor(`${ROLE}x`)).toThrow(
      `No role ${ROLE}x in the stack; roles are ${ROLE}`,
    );
  });

  it("name the session after the role's function", () => {
    expect(anIam([allow('a:B')]).sessionOf(ROLE)).toBe('weigh-parcel');
  });
});

describe('trust', () => {
  it('has to be said of each role', () => {
    expect(() => createIam(aStackOf([aRole({ assume_role_policy: undefined }), aFunction()]))).toThrow(
      'aws_iam_role.R.assume_role_policy: the policy is missing',
    );
  });

  const iamTrusting = (assume_role_policy: string) => {
    const policy = JSON.stringify({ Statement: [allow('dynamodb:PutItem')] });
    const attributes = { role: 'weigh-parcel', policy };
    return createIam(
      aStackOf([aRole({ assume_role_policy }), aFunction(), { type: 'aws_iam_role_policy', name: 'P', attributes }]),
    );
  };

  it('is asserted by service principal', () => {
    const iam = iamTrusting(trusting('lambda.amazonaws.com'));

    expect(() => iam.assertTrust(ROLE, 'lambda.amazonaws.com')).not.toThrow();
    expect(() => iam.assertTrust(ROLE, 'states.amazonaws.com')).toThrow(
      `The role ${ROLE} cannot be assumed by states.amazonaws.com. Its trust policy does not allow it (aws_iam_role.R.assume_role_policy).`,
    );
    expect(() => iam.assertTrust(`${ROLE}x`, 'lambda.amazonaws.com')).toThrow(/The stack has no such role/);
  });

  it('is needed for everything that a function does', () => {
    const iam = iamTrusting(trusting('ec2.amazonaws.com'));

    expect(() => iam.authorize({ roleArn: ROLE }, 'dynamodb:PutItem', TABLE)).toThrow(
      /because lambda\.amazonaws\.com cannot assume the role/,
    );
  });

  it('may depend on the function that uses the role', () => {
    const only = (arn: string) =>
      iamTrusting(trusting('lambda.amazonaws.com', { Condition: { ArnEquals: { 'aws:SourceArn': arn } } }));
    const caller = { roleArn: ROLE };

    expect(() => only(FUNCTION).authorize(caller, 'dynamodb:PutItem', TABLE)).not.toThrow();
    expect(() => only(`${FUNCTION}-other`).authorize(caller, 'dynamodb:PutItem', TABLE)).toThrow(
      /cannot assume the role/,
    );
  });
});
