import { expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda } from './fixture.ts';
import { aGate } from './gate.ts';

const CODE = `
  import { existsSync } from 'node:fs';
  import { threadId } from 'node:worker_threads';
  export const handler = async ({ gate }) => {
    if (gate !== undefined) while (!existsSync(gate));
    return threadId;
  };
`;

it('takes further environments while the first isolate is busy', async () => {
  const gate = aGate();
  const { lambda, close } = await aLambda({ step: CODE, other: CODE });
  const threadOf = async (name: string, event: object = {}) => (await lambda.invoke(name, event, OUTSIDE)).payload;
  const first = await threadOf('step');
  expect(await threadOf('other')).toBe(first);

  const spinning = threadOf('step', { gate: gate.until });
  const elsewhere = await threadOf('step');
  gate.open();

  expect(await spinning).toBe(first);
  expect(elsewhere).not.toBe(first);
  await close();
  gate.remove();
});
