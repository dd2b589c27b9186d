import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda, type Fixture } from './fixture.ts';
import { aGate, type Gate, passing } from './gate.ts';

/** Waits until the file named in its event is there, and counts its own invocations. */
const WAITING = `
  ${passing}
  const environment = Math.random();
  let running = 0;
  export const handler = async ({ until }) => {
    running += 1;
    if (running > 1) throw new Error('two invocations in one environment');
    if (until !== undefined) await pass(until);
    running -= 1;
    return environment;
  };
`;

describe('environments of a function', () => {
  let fixture: Fixture;
  const gates: Gate[] = [];
  const invoke = async (payload: unknown = {}, name = 'step') =>
    (await fixture.lambda.invoke(name, payload, OUTSIDE)).payload;
  const opened = () => {
    const gate = aGate();
    gates.push(gate);
    return gate;
  };
  afterEach(async () => {
    await fixture.close();
    for (const gate of gates.splice(0)) gate.remove();
  });

  it('run one invocation at a time, and grow in number while one is busy', async () => {
    fixture = await aLambda({ step: WAITING });
    const { until, open } = opened();
    const busy = invoke({ until });
    const other = await invoke();
    open();
    expect(await busy).not.toBe(other);
  });

  it('run beside all those that wait for something else than the processor', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `step-${index}`);
    fixture = await aLambda(Object.fromEntries(names.map((name) => [name, WAITING])));
    const { until, open, begun } = opened();
    const calls = names.map((name) => invoke({ until }, name));
    await begun(names.length);
    open();
    expect(new Set(await Promise.all(calls)).size).toBe(names.length);
  });

  it('are no more than the bound; the rest waits its turn', async () => {
    fixture = await aLambda({ step: WAITING }, { maxEnvironments: 2 });
    const { until, open, begun } = opened();
    const calls = Array.from({ length: 10 }, () => invoke({ until }));
    await begun(2);
    open();
    expect(new Set(await Promise.all(calls)).size).toBe(2);
  });

  it('run nothing for a caller that gave up before its turn', async () => {
    fixture = await aLambda({ step: WAITING }, { maxEnvironments: 1 });
    const { until, open, begun } = opened();
    const busy = invoke({ until });
    await begun();
    const caller = new AbortController();
    const given = fixture.lambda.invoke('step', { until }, OUTSIDE, caller.signal);
    const next = invoke({ until });
    caller.abort(new Error('gave up'));
    await expect(given).rejects.toThrow('gave up');
    open();
    expect(await next).toBe(await busy);
    expect(fixture.log().filter((line) => line.startsWith('START'))).toHaveLength(2);
  });

  it('are none that cannot be loaded, where they are closed while they start', async () => {
    fixture = await aLambda({ step: WAITING, other: WAITING, third: WAITING, fourth: WAITING });
    const warm = fixture.lambda.warm();
    await setImmediate();
    await fixture.lambda.close();
    await expect(warm).resolves.toEqual([]);
  });

  it('start anew for those that wait when the only one dies', async () => {
    const code = 'export const handler = async (event) => { if (event.die) process.exit(1); return "alive"; };';
    fixture = await aLambda({ step: code }, { maxEnvironments: 1 });
    const replies = await Promise.all([invoke({ die: true }), invoke(), invoke({ die: true }), invoke()]);
    expect(replies).toMatchObject([
      { errorType: 'Runtime.ExitError' },
      'alive',
      { errorType: 'Runtime.ExitError' },
      'alive',
    ]);
  });

  it('refuse what exceeds the reserved concurrency', async () => {
    const reserve = (count: number) => ({ code: WAITING, attributes: { reserved_concurrent_executions: count } });
    fixture = await aLambda({ step: reserve(1), off: reserve(0), free: reserve(-1) });
    const { until, open } = opened();
    const busy = invoke({ until });
    const refusal = { code: 'TooManyRequestsException', statusCode: 429 };
    await expect(invoke()).rejects.toMatchObject(refusal);
    open();
    const environment = await busy;
    expect(await invoke()).toBe(environment);
    await expect(invoke({}, 'off')).rejects.toMatchObject(refusal);
    expect(await invoke({}, 'free')).toEqual(expect.any(Number));
  });

  it('end with the service, and those that wait are told', async () => {
    fixture = await aLambda({ step: WAITING }, { maxEnvironments: 1 });
    const { until } = opened();
    const calls = [invoke({ until }), invoke({ until })];
    const settled = Promise.allSettled(calls);
    await fixture.lambda.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(invoke()).rejects.toThrow('shutting down');
  });
});
