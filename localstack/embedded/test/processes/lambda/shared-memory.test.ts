import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda, type Fixture } from './fixture.ts';
import { aGate, type Gate, passing } from './gate.ts';

const CODE = `
  ${passing}
  let calls = 0;
  export const handler = async ({ gate, hoards }) => {
    calls += 1;
    if (gate) await pass(gate);
    const all = [];
    while (hoards) all.push(new Array(10_000).fill(0.5));
    return calls;
  };
`;

describe('functions that share an isolate, of which one takes all its memory', () => {
  let fixture: Fixture;
  let gate: Gate;
  const invoke = (name: string, event: object = {}) => fixture.lambda.invoke(name, event, OUTSIDE);
  const callsOf = async (name: string) => (await invoke(name)).payload;

  beforeEach(async () => {
    gate = aGate();
    // Taking a gigabyte takes its time on a busy machine.
    const aFunction = { code: CODE, attributes: { timeout: 100 } };
    fixture = await aLambda({ hoarder: aFunction, next: aFunction });
    for (const name of ['hoarder', 'next']) expect(await callsOf(name)).toBe(1);
  });
  afterEach(async () => {
    await fixture.close();
    gate.remove();
  });

  it('load again where they did not run, and only that one fails', async () => {
    expect((await invoke('hoarder', { hoards: true })).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });

    expect([await callsOf('next'), await callsOf('next')]).toEqual([1, 2]);
  });

  it('are told of a fault of Lambda where they ran, too; from then on that one fails alone', async () => {
    const waiting = invoke('next', { gate: gate.until });
    await gate.begun();
    const fault = { code: 'ServiceException', statusCode: 500 };
    await expect(invoke('hoarder', { hoards: true })).rejects.toMatchObject(fault);
    await expect(waiting).rejects.toMatchObject(fault);

    const again = invoke('next', { gate: gate.until });
    await gate.begun(2);
    expect((await invoke('hoarder', { hoards: true })).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    gate.open();
    expect((await again).payload).toBe(1);
  });
});
