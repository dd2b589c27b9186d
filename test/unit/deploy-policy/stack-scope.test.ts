import { describe, expect, it } from '@jest/globals';
import { type SynthesizedStack, scopeOf } from '#infra/deploy-policy/stack-scope.ts';

const account = '123456789012';
const stackName = 'booking-saga-dev';

const aStack = (resource: SynthesizedStack['resource'], more: Partial<SynthesizedStack> = {}): SynthesizedStack => ({
  resource,
  provider: { aws: [{ region: 'eu-west-1' }] },
  terraform: { backend: { local: {} } },
  '//': { metadata: { stackName } },
  ...more,
});

const named = (type: string, ...names: string[]): SynthesizedStack =>
  aStack({ [type]: Object.fromEntries(names.map((name, position) => [`R${position}`, { name }])) });

const patternsOf = (...names: string[]): string[] =>
  scopeOf(named('aws_ssm_parameter', ...names), account).patterns('aws_ssm_parameter', 'name');

const trusting = (...policies: unknown[]): readonly string[] => {
  const roles = policies.map((policy, at) => [`R${at}`, { assume_role_policy: JSON.stringify(policy) }] as const);
  return scopeOf(aStack({ aws_iam_role: Object.fromEntries(roles) }), account).trustedServices;
};

describe('the scope of a stack', () => {
  it('given a stack and an account, when it is read, then it says where the resources are', () => {
    const { trustedServices, ...scope } = scopeOf(aStack({}), account);

    expect(scope).toMatchObject({ stackName, region: 'eu-west-1', account, stateBackend: undefined });
    expect(trustedServices).toEqual([]);
  });

  it('given a state in a bucket, when it is read, then it names bucket and key', () => {
    const s3 = { bucket: 'states', key: 'dev.tfstate' };

    expect(scopeOf(aStack({}, { terraform: { backend: { s3 } } }), account).stateBackend).toEqual(s3);
  });

  it.each(['', '12345678901', '1234567890123', '12345678901a'])(
    'given the account "%s", when it is read, then it is refused',
    (wrong) => {
      expect(() => scopeOf(aStack({}), wrong)).toThrow(`An AWS account ID has 12 digits, "${wrong}" has not`);
    },
  );

  it.each([
    ['no provider', []],
    ['a provider without a region', [{ region: '' }]],
  ])('given %s, when it is read, then the stack is refused', (_, aws) => {
    expect(() => scopeOf(aStack({}, { provider: { aws } }), account)).toThrow(
      'Stack booking-saga-dev has no region in its provider',
    );
  });
});

describe('the patterns of names', () => {
  it.each([
    ['none', [], []],
    ['the name of the stack alone', [stackName], [stackName]],
    ['names that begin with it', [`${stackName}-a`, `${stackName}-b`], [`${stackName}-*`]],
    ['one that has it further on', [`/aws/lambda/${stackName}-a`], [`/aws/lambda/${stackName}-*`]],
    ['a foreign one', ['other'], ['other']],
    ['one in a folder', ['/dev/service/x'], ['/dev/service/*']],
    ['two in one folder', ['/dev/service/x', '/dev/service/y'], ['/dev/service/*']],
    ['two in folders with a common one', ['/dev/service/a/x', '/dev/service/b/y'], ['/dev/service/*']],
    ['one in a folder below that of the other', ['/dev/service/x', '/dev/service/deep/y'], ['/dev/service/*']],
    ['one in a folder above that of the other', ['/dev/service/deep/y', '/dev/service/x'], ['/dev/service/*']],
    [
      'all of these',
      ['/dev/x', 'other', `${stackName}-a`, stackName],
      ['/dev/*', stackName, `${stackName}-*`, 'other'],
    ],
  ])('given %s, when patterns are made, then they hold them and little else', (_, names, patterns) => {
    expect(patternsOf(...names)).toEqual(patterns);
  });

  it('given a type that the stack has not, when its patterns are made, then there is none', () => {
    expect(scopeOf(aStack({}), account).patterns('aws_sqs_queue', 'name')).toEqual([]);
  });

  it('given a name that goes on without a dash, when patterns are made, then it is refused', () => {
    expect(() => patternsOf(`${stackName}elop`)).toThrow(
      `"${stackName}elop" goes on after the stack's name ${stackName} other than with "-": rename it`,
    );
  });

  it('given folders with nothing in common, when patterns are made, then they are refused', () => {
    expect(() => patternsOf('/dev/x', '/prod/y')).toThrow(
      '/dev/x and /prod/y have no folder in common: a policy for both would hold for every name',
    );
  });

  it.each([
    ['a reference', { name: `\${aws_sqs_queue.Other.name}` }],
    ['no name', {}],
    ['a number', { name: 7 }],
  ])('given %s in place of a name, when patterns are made, then the resource is refused', (_, resource) => {
    const scope = scopeOf(aStack({ aws_sqs_queue: { Queue: resource } }), account);

    expect(() => scope.patterns('aws_sqs_queue', 'name')).toThrow(/^aws_sqs_queue\.Queue has no literal name: /);
  });
});

describe('the services that roles trust', () => {
  it('given one, several and none in a policy, when they are read, then each is named once, in order', () => {
    const lambda = { Principal: { Service: 'lambda.amazonaws.com' } };
    const both = { Principal: { Service: ['states.amazonaws.com', 'lambda.amazonaws.com'] } };
    const person = { Principal: { AWS: '*' } };

    expect(trusting({ Statement: [both, person] }, { Statement: [lambda, {}] }, {})).toEqual([
      'lambda.amazonaws.com',
      'states.amazonaws.com',
    ]);
  });
});
