import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Authorize, OUTSIDE } from '#embedded/types.ts';
import { aLambda, arnOf, type Fixture } from './fixture.ts';

const CODE = `
  const loadedAt = Date.now();
  export const handler = async (event, context) => {
    if (event.waitMs) await new Promise((resolve) => setTimeout(resolve, event.waitMs));
    return {
      version: context.functionVersion,
      variable: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      arn: context.invokedFunctionArn,
      stream: context.logStreamName,
      loadedAt,
    };
  };
`;

describe('a published version', () => {
  let fixture: Fixture;
  const asked: string[] = [];
  const authorize: Authorize = (caller, action, arn) => {
    if (caller.roleArn === 'arn:machine') asked.push(`${action} ${arn}`);
  };
  const call = (operation: string, input: Record<string, unknown> = {}) =>
    fixture.lambda.call(operation, input, OUTSIDE);
  beforeAll(async () => {
    const attributes = { publish: true, version: '1', reserved_concurrent_executions: 1 };
    fixture = await aLambda({ step: { code: CODE, attributes }, plain: CODE }, { authorize });
  });
  afterAll(() => fixture.close());

  it.each([
    [`${arnOf('step')}:1`, '1'],
    ['step:1', '1'],
    [arnOf('step'), '$LATEST'],
    [`${arnOf('step')}:$LATEST`, '$LATEST'],
    [arnOf('plain'), '$LATEST'],
  ])('given %s, when invoked, then version %s runs', async (name, version) => {
    const { payload } = await fixture.lambda.invoke(name, {}, OUTSIDE);

    expect(payload).toMatchObject({ version, variable: version, stream: expect.stringContaining(`/[${version}]`) });
    if (name.startsWith('arn:')) expect(payload).toMatchObject({ arn: name });
  });

  it('is named in the log and in the answer', async () => {
    const output = await call('Invoke', { FunctionName: 'step', Qualifier: '1', LogType: 'Tail' });

    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '1', Payload: { arn: `${arnOf('step')}:1` } });
    expect(Buffer.from(String(output.LogResult), 'base64').toString()).toMatch(/^START RequestId: \S+ Version: 1$/m);
  });

  it.each([`${arnOf('step')}:2`, `${arnOf('step')}:live`, `${arnOf('plain')}:1`])('is not %s', async (arn) => {
    await expect(fixture.lambda.invoke(arn, {}, OUTSIDE)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
    });
  });

  it('is none of two that a call names', async () => {
    await expect(call('Invoke', { FunctionName: 'step:1', Qualifier: '$LATEST' })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
    });
    expect(await call('Invoke', { FunctionName: 'step:1', Qualifier: '1' })).toMatchObject({ ExecutedVersion: '1' });
  });

  it('is asked for with its qualifier', async () => {
    await fixture.lambda.invoke(`${arnOf('step')}:1`, {}, { roleArn: 'arn:machine' });

    expect(asked).toEqual([`lambda:InvokeFunction ${arnOf('step')}:1`]);
  });

  it('shares the reserved concurrency of its function', async () => {
    const first = fixture.lambda.invoke(`${arnOf('step')}:1`, { waitMs: 100 }, OUTSIDE);

    await expect(fixture.lambda.invoke(arnOf('step'), {}, OUTSIDE)).rejects.toMatchObject({
      code: 'TooManyRequestsException',
    });
    await first;
  });

  it('is described by its qualifier, and listed', async () => {
    const version = { FunctionName: 'step', FunctionArn: `${arnOf('step')}:1`, Version: '1' };
    const latest = { FunctionName: 'step', FunctionArn: `${arnOf('step')}:$LATEST`, Version: '$LATEST' };
    const LastModified = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);

    expect(await call('GetFunctionConfiguration', { FunctionName: 'step', Qualifier: '1' })).toMatchObject(version);
    expect(await call('GetFunction', { FunctionName: 'step:1' })).toMatchObject({ Configuration: version });
    expect(await call('GetFunction', { FunctionName: 'step' })).toMatchObject({
      Configuration: { FunctionArn: arnOf('step'), Version: '$LATEST' },
    });
    expect(await call('ListVersionsByFunction', { FunctionName: 'step' })).toMatchObject({
      Versions: [
        { ...latest, LastModified },
        { ...version, LastModified },
      ],
    });
    expect(await call('ListVersionsByFunction', { FunctionName: 'plain' })).toMatchObject({
      Versions: [{ Version: '$LATEST' }],
    });
    const { Functions: functions } = (await call('ListFunctions')) as { Functions: { FunctionArn: string }[] };
    expect(functions.map(({ FunctionArn }) => FunctionArn)).toEqual([arnOf('step'), arnOf('plain')]);
  });

  it('is listed among all versions of all functions, in pages', async () => {
    const list = (input: object) => call('ListFunctions', { FunctionVersion: 'ALL', MaxItems: '2', ...input });

    const first = await list({});
    const second = await list({ Marker: first.NextMarker });

    expect(first.Functions).toMatchObject([{ Version: '$LATEST' }, { FunctionArn: `${arnOf('step')}:1` }]);
    expect(second.Functions).toMatchObject([{ FunctionArn: `${arnOf('plain')}:$LATEST` }]);
    expect(second).not.toHaveProperty('NextMarker');
    await expect(list({ FunctionVersion: 'SOME' })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  it('is what is warmed, since the state machine calls it', async () => {
    const fresh = await aLambda({ step: { code: CODE, attributes: { publish: true, version: '1' } } });
    await fresh.lambda.warm();
    const warmedAt = Date.now();
    const startOf = async (name: string) => {
      const { payload } = await fresh.lambda.invoke(name, {}, OUTSIDE);
      return (payload as { loadedAt: number }).loadedAt;
    };

    expect(await startOf('step:1')).toBeLessThanOrEqual(warmedAt);
    expect(await startOf('step')).toBeGreaterThanOrEqual(warmedAt);
    await fresh.close();
  });
});
