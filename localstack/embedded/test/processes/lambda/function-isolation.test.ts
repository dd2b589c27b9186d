import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda } from './fixture.ts';

const THREAD = `import { threadId } from 'node:worker_threads'; export const handler = async () => threadId;`;
const HUNGRY = `export const handler = async () => { const all = []; for (;;) all.push('x'.repeat(1000) + all.length); };`;

describe('functions with an isolate of their own each', () => {
  it('run in threads of their own', async () => {
    const { lambda, close } = await aLambda({ one: THREAD, other: THREAD, next: THREAD }, { isolation: 'function' });
    const threads = [];
    for (const name of ['one', 'other', 'next']) threads.push((await lambda.invoke(name, {}, OUTSIDE)).payload);

    expect(new Set(threads).size).toBe(3);
    await close();
  });

  it('end when they take more memory than they have', async () => {
    const hungry = { code: HUNGRY, attributes: { memory_size: 32, timeout: 25 } };
    const { lambda, close } = await aLambda({ hungry }, { isolation: 'function' });

    const { payload } = await lambda.invoke('hungry', {}, OUTSIDE);

    expect(payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    await close();
  });
});
