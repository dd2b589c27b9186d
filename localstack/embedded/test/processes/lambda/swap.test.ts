import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LambdaService } from '#embedded/lambda/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda } from './fixture.ts';

const answering = (what: string) => `
  const loadedAt = performance.timeOrigin + performance.now();
  export const handler = async ({ until }) => {
    if (until) while (!(await import('node:fs')).existsSync(until)) await new Promise((go) => setTimeout(go, 10));
    return { what: '${what}', loadedAt };
  };`;

const ask = async (lambda: LambdaService, name: string, payload = {}) =>
  (await lambda.invoke(name, payload, OUTSIDE)).payload;

describe('functions that change while the cloud runs', () => {
  it('run in the new code from the next invocation on, and the others stay as warm as they were', async () => {
    const { lambda, swap, close } = await aLambda({ changing: answering('old'), staying: answering('same') });
    const before = await ask(lambda, 'staying');

    expect(await swap({ changing: answering('new'), staying: answering('same') })).toEqual({
      functions: ['changing'],
      failures: [],
    });

    expect(await ask(lambda, 'changing')).toMatchObject({ what: 'new' });
    expect(await ask(lambda, 'staying')).toEqual(before);
    await close();
  });

  it('end an invocation under way in the code that it began with', async () => {
    const { lambda, swap, close } = await aLambda({ step: answering('old') });
    const until = `${import.meta.dirname}/nowhere-${process.pid}`;
    const underWay = lambda.invoke('step', { until }, OUTSIDE);
    await swap({ step: answering('new') });
    expect(await ask(lambda, 'step')).toMatchObject({ what: 'new' });

    writeFileSync(until, '');
    try {
      expect(await underWay).toMatchObject({ payload: { what: 'old' } });
    } finally {
      rmSync(until);
    }
    await close();
  });

  it('keep their old code where the new one cannot be loaded', async () => {
    const { lambda, swap, close } = await aLambda({ step: answering('old'), other: answering('old') });

    const swapped = await swap({ step: 'throw new RangeError("TABLE is not set");', other: answering('new') });

    expect(swapped).toMatchObject({
      functions: ['other'],
      failures: [{ functionName: 'step', reason: 'RangeError: TABLE is not set' }],
    });
    expect(await ask(lambda, 'step')).toMatchObject({ what: 'old' });
    expect(await ask(lambda, 'other')).toMatchObject({ what: 'new' });
    await close();
  });

  it('are told to bring their SDK', async () => {
    const { swap, close } = await aLambda({ step: answering('old') });
    const code = `import '@aws-sdk/client-not-there'; export const handler = async () => {};`;
    const { failures } = await swap({ step: code });
    await close();

    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/client-not-there.* \(the local cloud brings no SDK: put it into the zip\)$/s),
    ]);
  });

  it('take new settings too, come, and go', async () => {
    const variable = (value: string) => ({
      code: 'export const handler = async () => process.env.COLOUR;',
      attributes: { environment: { variables: { COLOUR: value } } },
    });
    const { lambda, swap, close } = await aLambda({ step: variable('red'), going: answering('gone') });

    expect(await swap({ step: variable('blue'), coming: answering('here') })).toMatchObject({
      functions: ['step', 'coming'],
    });

    expect(await ask(lambda, 'step')).toBe('blue');
    expect(await ask(lambda, 'coming')).toMatchObject({ what: 'here' });
    await expect(ask(lambda, 'going')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await close();
  });

  it('are listed when their zip is missing, and nothing is swapped', async () => {
    const { lambda, swap, close } = await aLambda({ step: answering('old') });

    await expect(swap({ step: { code: undefined } })).rejects.toThrow(/step: .*\.zip/);

    expect(await ask(lambda, 'step')).toMatchObject({ what: 'old' });
    await close();
  });

  it('run their version in the new code', async () => {
    const version = (what: string) => ({ code: answering(what), attributes: { publish: true, version: '1' } });
    const { lambda, swap, close } = await aLambda({ step: version('old') });

    expect(await swap({ step: version('new') })).toMatchObject({ functions: ['step'] });

    expect(await ask(lambda, 'step:1')).toMatchObject({ what: 'new' });
    expect(await ask(lambda, 'step')).toMatchObject({ what: 'new' });
    await close();
  });

  it('are taken where a build has removed the zips that they began with, whether they had run or not', async () => {
    const version = (what: string) => ({ code: answering(what), attributes: { publish: true, version: '1' } });
    const { lambda, swap, removeZips, close } = await aLambda({ ran: version('old'), idle: version('old') });
    const before = await ask(lambda, 'ran:1');
    removeZips();

    expect(await swap({ ran: version('old'), idle: version('new') })).toEqual({ functions: ['idle'], failures: [] });

    expect(await ask(lambda, 'ran:1')).toEqual(before);
    expect(await ask(lambda, 'idle:1')).toMatchObject({ what: 'new' });
    await close();
  });
});
