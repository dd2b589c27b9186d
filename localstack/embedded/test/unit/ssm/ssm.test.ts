import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSsm } from '#embedded/ssm/index.ts';
import { createStore } from '#embedded/store/index.ts';
import { AwsError, type AwsService, OUTSIDE, type StackResource } from '#embedded/types.ts';

const arn = (name: string) => `arn:aws:ssm:us-east-1:000000000000:parameter${name}`;
const aParameter = (name: string, attributes: object = {}): StackResource => ({
  type: 'aws_ssm_parameter',
  name: name.replaceAll('/', '_'),
  attributes: { name, type: 'String', value: `value of ${name}`, ...attributes },
});

let ssm: AwsService;
let calls: string[];
let denied: string | undefined;

const call = (operation: string, input: Record<string, unknown>) => ssm.call(operation, input, OUTSIDE);

beforeEach(() => {
  calls = [];
  denied = undefined;
  ssm = createSsm({
    parameters: [
      aParameter('/local/a/one'),
      aParameter('/local/a/b/two'),
      aParameter('/local/secret', { type: 'SecureString' }),
      aParameter('bare'),
    ],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: (_caller, action, resource) => {
      calls.push(`${action} ${resource}`);
      if (resource === denied) throw new AwsError('AccessDeniedException', `no ${action}`);
    },
  });
});

describe('the parameters of the stack', () => {
  it('are read one by one', async () => {
    expect(await call('GetParameter', { Name: '/local/a/one' })).toEqual({
      Parameter: {
        Name: '/local/a/one',
        Type: 'String',
        Value: 'value of /local/a/one',
        Version: 1,
        LastModifiedDate: expect.any(Number),
        ARN: arn('/local/a/one'),
        DataType: 'text',
      },
    });
  });

  it.each([arn('/local/a/one'), '/local/a/one:1'])('are found as %s', async (Name) => {
    expect(await call('GetParameter', { Name })).toMatchObject({ Parameter: { Name: '/local/a/one' } });
  });

  it('are read together, with the unknown ones named', async () => {
    expect(await call('GetParameters', { Names: ['bare', 'nothing'] })).toMatchObject({
      Parameters: [{ Name: 'bare', ARN: arn('/bare') }],
      InvalidParameters: ['nothing'],
    });
  });

  it.each([
    ['only its own level', { Path: '/local/a' }, ['/local/a/one']],
    ['all below it', { Path: '/local/a/', Recursive: true }, ['/local/a/b/two', '/local/a/one']],
  ])('are read by a path: %s', async (_what, input, names) => {
    const { Parameters } = await call('GetParametersByPath', input);

    expect((Parameters as { Name: string }[]).map(({ Name }) => Name)).toEqual(names);
  });

  it('are read page by page', async () => {
    const first = await call('GetParametersByPath', { Path: '/local', Recursive: true, MaxResults: 2 });
    const second = await call('GetParametersByPath', {
      Path: '/local',
      Recursive: true,
      MaxResults: 2,
      NextToken: first.NextToken,
    });

    expect([first.Parameters, second.Parameters]).toMatchObject([[{}, {}], [{ Name: '/local/secret' }]]);
    expect(second).not.toHaveProperty('NextToken');
  });

  it('keep a secret unless decryption is asked for', async () => {
    const Name = '/local/secret';
    const { Parameter } = await call('GetParameter', { Name });
    expect(JSON.stringify(Parameter)).not.toContain('value of');
    expect(await call('GetParameter', { Name, WithDecryption: true })).toMatchObject({
      Parameter: { Value: 'value of /local/secret' },
    });
  });

  it('are described without their values', async () => {
    const { Parameters } = await call('DescribeParameters', {});

    expect(Parameters).toHaveLength(4);
    expect(JSON.stringify(Parameters)).not.toContain('value of');
  });

  it('do not load with a type that AWS does not know', () => {
    const options = { environment: { region: 'r', accountId: '0' }, authorize: () => {} };

    expect(() => createSsm({ ...options, parameters: [aParameter('/x', { type: 'Number' })] })).toThrow(
      'aws_ssm_parameter._x: Type',
    );
  });
});

describe('putting a parameter', () => {
  it('makes a new one, and a new version only when overwriting is asked for', async () => {
    expect(await call('PutParameter', { Name: '/new', Value: '1', Type: 'String' })).toMatchObject({ Version: 1 });
    await expect(call('PutParameter', { Name: '/new', Value: '2' })).rejects.toMatchObject({
      code: 'ParameterAlreadyExists',
    });
    expect(await call('PutParameter', { Name: '/new', Value: '2', Overwrite: true })).toMatchObject({ Version: 2 });
    expect(await call('GetParameter', { Name: '/new' })).toMatchObject({ Parameter: { Value: '2', Type: 'String' } });
  });
});

describe('permissions', () => {
  it.each([
    ['GetParameter', { Name: '/local/a/one' }, `ssm:GetParameter ${arn('/local/a/one')}`],
    ['GetParameters', { Names: ['bare'] }, `ssm:GetParameters ${arn('/bare')}`],
    ['GetParametersByPath', { Path: '/local' }, `ssm:GetParametersByPath ${arn('/local')}`],
    ['PutParameter', { Name: '/x', Value: '1', Type: 'String' }, `ssm:PutParameter ${arn('/x')}`],
  ])('%s is asked for', async (operation, input, expected) => {
    await call(operation, input);
    expect(calls).toEqual([expected]);

    denied = expected.split(' ')[1];
    await expect(call(operation, { ...input, Overwrite: true })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});

it.each([
  ['DescribeParameters', { ParameterFilters: [{ Key: 'Name', Values: ['a'] }] }, 'ParameterFilters'],
  ['GetParametersByPath', { Path: '/local', ParameterFilters: [] }, 'ParameterFilters'],
  ['PutParameter', { Name: 'a', Type: 'String', Value: 'v', AllowedPattern: '^x$' }, 'AllowedPattern'],
])('%s refuses what it would not heed: %j', async (operation, input, member) => {
  await expect(call(operation, input)).rejects.toMatchObject({
    code: 'ValidationException',
    message: `SSM: ${operation} with ${member} is not served by the local cloud.`,
  });
});

describe('parameters that calls have put', () => {
  const environment = { region: 'us-east-1', accountId: '000000000000' };

  it('are there when the next process starts, with their versions; those of the stack are as its file says', async () => {
    const store = createStore();
    const start = () => createSsm({ parameters: [aParameter('/of/stack')], environment, authorize: () => {}, store });
    const first = start();
    for (const Value of ['one', 'two']) {
      const input = { Name: '/made', Type: 'String', Value, Overwrite: true };
      await first.call('PutParameter', input, OUTSIDE);
    }
    await first.call('PutParameter', { Name: '/of/stack', Value: 'changed', Overwrite: true }, OUTSIDE);

    const second = start();
    expect(await second.call('GetParameters', { Names: ['/made', '/of/stack'] }, OUTSIDE)).toMatchObject({
      Parameters: [
        { Name: '/made', Value: 'two', Version: 2 },
        { Name: '/of/stack', Value: 'value of /of/stack', Version: 1 },
      ],
    });
  });

  it('have at most 4096 characters', async () => {
    const put = (characters: number) =>
      call('PutParameter', { Name: '/large', Type: 'String', Value: 'x'.repeat(characters) });

    await expect(put(4097)).rejects.toThrow('maximum parameter value of 4096 characters');
    expect(await put(4096)).toMatchObject({ Version: 1 });
  });
});
