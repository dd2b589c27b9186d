import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSsm } from '#embedded/ssm/index.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';

const arn = (name: string) => `arn:aws:ssm:us-east-1:000000000000:parameter${name}`;
const attributes = { name: 'bare', type: 'String', value: '1' };

let ssm: AwsService;
const call = (operation: string, input: Record<string, unknown>) => ssm.call(operation, input, OUTSIDE);

beforeEach(() => {
  ssm = createSsm({
    parameters: [{ type: 'aws_ssm_parameter', name: 'bare', attributes }],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => {},
  });
});

describe('errors', () => {
  it('name a version that is not kept', async () => {
    await call('PutParameter', { Name: 'bare', Value: '2', Overwrite: true });

    for (const Name of ['bare:1', 'bare:7', `${arn('/bare')}:1`]) {
      await expect(call('GetParameter', { Name })).rejects.toMatchObject({
        code: 'ParameterVersionNotFound',
        message: expect.stringContaining('keeps the newest, 2, alone'),
      });
    }
    expect(await call('GetParameters', { Names: ['bare:1'] })).toMatchObject({ InvalidParameters: ['bare:1'] });
  });

  it.each<[string, string, object, string]>([
    ['the advanced tier', 'PutParameter', { Tier: 'Advanced' }, 'ValidationException'],
    ['other data types', 'PutParameter', { DataType: 'aws:ec2:image' }, 'ValidationException'],
    ['keys', 'PutParameter', { Type: 'SecureString', KeyId: 'alias/mine' }, 'ValidationException'],
    ['a key of what is no secret', 'PutParameter', { KeyId: 'alias/aws/ssm' }, 'ValidationException'],
    ['tags', 'PutParameter', { Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException'],
    ['names that AWS keeps', 'PutParameter', { Name: '/aws/x' }, 'AccessDeniedException'],
    ['names like those', 'PutParameter', { Name: '/awsx' }, 'ValidationException'],
    ['names of the service', 'PutParameter', { Name: 'ssm-x' }, 'ValidationException'],
    ['a path without a slash before it', 'PutParameter', { Name: 'a/b' }, 'ValidationException'],
    ['16 levels', 'PutParameter', { Name: '/x'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    ['long pages', 'GetParametersByPath', { Path: '/', MaxResults: 11 }, 'ValidationException'],
  ])('refuse %s', async (_what, operation, more, code) => {
    const input = { Name: '/some', Value: 'v', Type: 'String', ...more };
    await expect(call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });

  it('are none for what changes nothing', async () => {
    const input = { Name: '/x'.repeat(15), Value: 'v', Type: 'SecureString', KeyId: 'alias/aws/ssm', DataType: 'text' };

    expect(await call('PutParameter', { ...input, Tier: 'Intelligent-Tiering' })).toEqual({
      Version: 1,
      Tier: 'Standard',
    });
  });

  it('name what is missing', async () => {
    await expect(call('GetParameter', { Name: '/nothing' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
  });
});
