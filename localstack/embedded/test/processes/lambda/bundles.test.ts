import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLambda } from '#embedded/lambda/index.ts';
import { createLogs } from '#embedded/logs/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda, allowAll, environment } from './fixture.ts';

const GOOD = 'export const handler = async () => "ok";';

describe('broken bundles', () => {
  it('that are missing are all named at the start', async () => {
    const start = aLambda({ good: GOOD, lost: { code: undefined }, gone: { code: undefined } });
    await expect(start).rejects.toThrow(/missing[\s\S]*lost: .*lost-.*\.zip\n.*gone: .*gone-.*\.zip/);
  });

  it.each([
    ['syntax', { code: 'export const handler = {' }, 'Runtime.UserCodeSyntaxError', 'SyntaxError'],
    [
      'export',
      { code: 'export const other = 1;' },
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    ['type', { code: 'export const handler = 1;' }, 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['module', { code: 'import "not-bundled"; export const handler = 1;' }, 'Runtime.ImportModuleError', 'not-bundled'],
    ['file', { code: { 'other.mjs': GOOD } }, 'Runtime.ImportModuleError', "Cannot find module 'index'"],
    ['name', { code: GOOD, attributes: { handler: 'handler' } }, 'Runtime.MalformedHandlerName', 'Bad handler'],
    ['start', { code: 'throw new RangeError("TABLE is not set");' }, 'RangeError', 'TABLE is not set'],
    ['exit', { code: 'process.exit(3);' }, 'Runtime.ExitError', 'exit status 3'],
  ])('with a wrong %s answer with the reason, every time', async (_what, source, errorType, errorMessage) => {
    const { lambda, log, close } = await aLambda({ step: source });
    for (const _attempt of [1, 2]) {
      const reply = await lambda.invoke('step', {}, OUTSIDE);
      expect(reply.functionError).toBe('Unhandled');
      expect(reply.payload).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) });
    }
    expect(log().join('\n')).toContain(errorMessage);
    expect(await lambda.warm()).toMatchObject([
      { functionName: 'step', reason: expect.stringMatching(`^${errorType}: .*${errorMessage}`) },
    ]);
    await close();
  });

  it('fail every invocation that waits, not only the first', async () => {
    const { lambda, close } = await aLambda({ step: 'throw new Error("broken");' });
    const replies = await Promise.all([1, 2, 3].map(() => lambda.invoke('step', {}, OUTSIDE)));
    expect(replies.map(({ functionError }) => functionError)).toEqual(['Unhandled', 'Unhandled', 'Unhandled']);
    await close();
  });

  it('are all reported by warming up, which loads the good ones', async () => {
    const code = 'console.log("loaded"); export const handler = async () => "ok";';
    const { lambda, log, close } = await aLambda({
      good: code,
      bad: 'throw new Error("one");',
      worse: 'export const x = 1;',
    });
    const failures = await lambda.warm();
    expect([...failures].sort((a, b) => (a.functionName < b.functionName ? -1 : 1))).toMatchObject([
      {
        functionName: 'bad',
        reason: 'Error: one',
        stack: expect.arrayContaining([expect.stringContaining('index.mjs:1:7')]),
      },
      { functionName: 'worse', reason: expect.stringContaining('index.handler is undefined') },
    ]);
    expect(await lambda.warm(['good'])).toEqual([]);
    await lambda.invoke('good', {}, OUTSIDE);
    expect(log('good').filter((line) => line.endsWith('loaded'))).toHaveLength(1);
    await close();
  });

  it('that are no zip, or write outside their folder, are refused with their name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lambda-test-'));
    writeFileSync(join(folder, 'step.zip'), 'no zip');
    const lambda = await createLambda({
      functions: [
        {
          type: 'aws_lambda_function',
          name: 'step',
          attributes: {
            function_name: 'step',
            arn: 'a',
            filename: 'step.zip',
            handler: 'index.handler',
            runtime: 'nodejs24.x',
            role: 'r',
          },
        },
      ],
      stackFolder: folder,
      environment,
      authorize: allowAll,
      environmentFor: () => ({}),
      logs: createLogs(),
    });
    await expect(lambda.invoke('step', {}, OUTSIDE)).rejects.toThrow(/step: .*step\.zip is not a zip file/);
    expect(await lambda.warm()).toMatchObject([{ reason: expect.stringContaining('is not a zip file'), stack: [] }]);
    await lambda.close();
    rmSync(folder, { recursive: true });
    const { lambda: escaping, close } = await aLambda({ step: { code: { '../../evil.mjs': '' } } });
    await expect(escaping.invoke('step', {}, OUTSIDE)).rejects.toThrow('outside its folder');
    await close();
  });

  it.each([
    ['dead_letter_config', { target_arn: 'arn:aws:sqs:us-east-1:000000000000:q' }, /as its on_failure destination/],
    ['runtime', 'python3.13', /is python3\.13, which is not served .*: functions run in Node\.js, as nodejs24\.x/],
    ['layers', ['arn:aws:lambda:us-east-1:000000000000:layer:l:1'], /into its zip/],
  ])('and functions with %s are refused at the start', async (attribute, value, advice) => {
    const attributes = { [attribute]: value };
    await expect(aLambda({ step: { code: GOOD, attributes } })).rejects.toThrow(
      `aws_lambda_function.step.${attribute}`,
    );
    await expect(aLambda({ step: { code: GOOD, attributes } })).rejects.toThrow(advice);
    await expect(
      aLambda({ step: { code: GOOD, attributes: { layers: [] } } }).then(({ close }) => close()),
    ).resolves.toBe(undefined);
  });

  it('and functions without a needed attribute are named at the start', async () => {
    await expect(aLambda({ step: { code: GOOD, attributes: { role: undefined } } })).rejects.toThrow(
      /step: "role" is missing/,
    );
  });
});
