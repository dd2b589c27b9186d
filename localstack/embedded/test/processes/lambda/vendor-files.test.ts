import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda } from './fixture.ts';

const COUNTER = 'let count = 0; export const next = () => ++count;';
const countingIn = (file: string) => `
  import { threadId } from 'node:worker_threads';
  import { next } from './${file}';
  export const handler = async () => ({ count: next(), threadId });`;

/** Calls two functions, which share an isolate, in turn. */
async function countsOf(file: string, contents: readonly [string, string]): Promise<number[]> {
  const zip = (content: string) => ({ code: { 'index.mjs': countingIn(file), [file]: content } });
  const [one, next] = contents.map(zip);
  const { lambda, close } = await aLambda({ one, next } as Record<string, ReturnType<typeof zip>>);
  const call = async (name: string) =>
    (await lambda.invoke(name, {}, OUTSIDE)).payload as { count: number; threadId: number };
  const replies = [await call('one'), await call('next'), await call('one')];
  await close();
  expect(replies[0]?.threadId).toBe(replies[1]?.threadId);
  return replies.map(({ count }) => count);
}

describe('a file that several zips carry', () => {
  it('is one module an isolate, where it is a vendor file named by its content', async () => {
    expect(await countsOf('vendor/counter-0A1B2C3D.mjs', [COUNTER, COUNTER])).toEqual([1, 2, 3]);
  });

  it.each(['vendor/counter.mjs', 'lib/counter-0A1B2C3D.mjs'])("is each function's own as %s", async (file) => {
    expect(await countsOf(file, [COUNTER, COUNTER])).toEqual([1, 1, 2]);
  });

  it("is each function's own where the name has another content elsewhere", async () => {
    const file = 'vendor/counter-9Z8Y7X6W.mjs';
    const far = 'let count = 100; export const next = () => ++count;';

    expect(await countsOf(file, [COUNTER, far])).toEqual([1, 101, 2]);
  });
});
