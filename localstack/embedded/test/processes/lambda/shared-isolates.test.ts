import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda, type Fixture } from './fixture.ts';
import { aGate, type Gate, passing } from './gate.ts';

const CODE = `
  ${passing}
  import { threadId } from 'node:worker_threads';
  globalThis.loadedBy = process.env.AWS_LAMBDA_FUNCTION_NAME;
  let calls = 0;
  export const handler = async (event, context) => {
    const remaining = context.getRemainingTimeInMillis();
    calls += 1;
    switch (event.do) {
      case 'wait': console.log('before'); await pass(event.gate); console.log('after'); break;
      case 'spin': console.log('before the loop'); for (;;);
      case 'never': setInterval(() => {}, 1000); return new Promise(() => {});
      case 'exit': process.exit(7);
      case 'really exit': process.reallyExit(7);
      case 'kill': process.kill(process.pid);
      case 'block': for (const end = Date.now() + event.ms; Date.now() < end; ); break;
      // What listens on the process is shared: the other's invocation ends within this turn, before its reply is on its way.
      case 'wait for a signal': {
        const stay = setInterval(() => {}, 1000);
        await new Promise((resolve) => process.once('go', resolve));
        clearInterval(stay);
        appendFileSync(event.mark, '.');
        break;
      }
      case 'signal and spin': process.emit('go'); for (let i = 0; i < 100; i++) await null; for (;;);
      case 'replace variables': process.env = { ...process.env, KEPT: event.value, AWS_ACCESS_KEY_ID: event.value }; break;
      case 'throw later': setTimeout(() => { throw new RangeError('thrown later'); }); return new Promise(() => {});
      case 'reject': Promise.reject(new TypeError('lost')); return new Promise((resolve) => setTimeout(resolve, 1000));
      case 'set': globalThis.kept = event.value; process.env.KEPT = event.value; break;
    }
    return { threadId, calls, loadedBy, kept: globalThis.kept, hasKept: 'kept' in globalThis, variable: process.env.KEPT, key: process.env.AWS_ACCESS_KEY_ID,
      name: process.env.AWS_LAMBDA_FUNCTION_NAME, requestId: context.awsRequestId, remaining };
  };
`;

interface Seen {
  readonly threadId: number;
  readonly calls: number;
  readonly [member: string]: unknown;
}

describe('functions that share an isolate', () => {
  let fixture: Fixture;
  let gate: Gate;
  const invoke = (name: string, event: object = {}) => fixture.lambda.invoke(name, event, OUTSIDE);
  const see = async (name: string, event: object = {}) => (await invoke(name, event)).payload as Seen;

  async function neighbours(timeout = 5): Promise<void> {
    gate = aGate();
    const attributes = { timeout };
    fixture = await aLambda({ one: { code: CODE, attributes }, next: CODE });
    expect((await see('one')).threadId).toBe((await see('next')).threadId);
  }

  afterEach(async () => {
    await fixture.close();
    gate.remove();
  });

  it('see no global and no variable of each other', async () => {
    await neighbours();
    await see('one', { do: 'set', value: 'of one' });

    expect(await see('one')).toMatchObject({ loadedBy: 'one', kept: 'of one', hasKept: true, variable: 'of one' });
    const next = await see('next');
    expect(next).toMatchObject({ loadedBy: 'next', hasKept: false, name: 'next' });
    expect([next.kept, next.variable]).toEqual([undefined, undefined]);
  });

  it('keep their variables and credentials where one puts another object in the place of process.env', async () => {
    await neighbours();
    const { key } = await see('next');
    await see('one', { do: 'replace variables', value: 'of one' });

    expect(await see('one')).toMatchObject({ variable: 'of one', key: 'of one', name: 'one' });
    expect(await see('next')).toMatchObject({ key, name: 'next' });
    expect(key).not.toBe('of one');
  });

  it('run interleaved, each with lines and request of its own', async () => {
    await neighbours();
    const waiting = [invoke('one', { do: 'wait', gate: gate.until }), invoke('next', { do: 'wait', gate: gate.until })];
    await gate.begun(2);
    gate.open();
    for (const [index, reply] of (await Promise.all(waiting)).entries()) {
      const { requestId } = reply.payload as Seen;
      const lines = fixture.log(index === 0 ? 'one' : 'next').filter((line) => line.includes('\tINFO\t'));
      expect(lines).toEqual([
        expect.stringContaining(`${requestId}\tINFO\tbefore`),
        expect.stringContaining(`${requestId}\tINFO\tafter`),
      ]);
    }
  });

  it.each([
    ['runs out of time', { do: 'never' }, 'Sandbox.Timedout'],
    ['ends its process', { do: 'exit' }, 'Runtime.ExitError'],
    ['ends its process by the back door', { do: 'really exit' }, 'Runtime.ExitError'],
    ['sends a signal to its own process', { do: 'kill' }, 'Runtime.ExitError'],
    ['throws where nothing catches it', { do: 'throw later' }, 'RangeError'],
    ['loses a rejection', { do: 'reject' }, 'Runtime.UnhandledPromiseRejection'],
  ])('go on undisturbed when one %s, which starts anew', async (_what, event, errorType) => {
    await neighbours(0.5);
    const waiting = invoke('next', { do: 'wait', gate: gate.until });
    await gate.begun();

    expect((await invoke('one', event)).payload).toMatchObject({ errorType });
    gate.open();

    expect((await waiting).payload).toMatchObject({ calls: 2 });
    expect(await see('next')).toMatchObject({ calls: 3 });
    expect(await see('one')).toMatchObject({ calls: 1 });
  });

  it('are told of a fault of Lambda when one spins, and each runs alone from then on', async () => {
    await neighbours(0.5);
    const waiting = invoke('next', { do: 'wait', gate: gate.until });
    await gate.begun();

    const spun = await invoke('one', { do: 'spin' });

    expect(spun.payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(spun.logTail).toMatch(/before the loop[\s\S]*Task timed out after 0\.50 seconds/);
    await expect(waiting).rejects.toMatchObject({ code: 'ServiceException', statusCode: 500 });
    expect(fixture.log('next').filter((line) => line.endsWith('\tbefore'))).toHaveLength(1);
    const [one, next] = [await see('one'), await see('next')];
    expect(one.threadId).not.toBe(next.threadId);
  });

  it('are not run again where one spins after another has ended, whose reply is lost', async () => {
    await neighbours(0.5);
    const waiting = invoke('next', { do: 'wait for a signal', mark: gate.until });
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect((await invoke('one', { do: 'signal and spin' })).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await expect(waiting).rejects.toMatchObject({ code: 'ServiceException', statusCode: 500 });
    expect(readFileSync(gate.until, 'utf8')).toBe('.');
  });

  it('wait without losing time while one holds the thread within its own limit', async () => {
    gate = aGate();
    const attributes = { timeout: 0.5 };
    fixture = await aLambda({ one: CODE, next: { code: CODE, attributes } });
    for (const name of ['one', 'next']) await see(name);
    // In one turn of the loop: the second comes to the isolate while the first one's code runs.
    const blocking = see('one', { do: 'block', ms: 2_000 });
    const next = see('next');

    const [blocked, waited] = await Promise.all([blocking, next]);
    expect([blocked.calls, waited.calls]).toEqual([2, 2]);
    // Counted from its sending it would be 0.
    expect(waited.remaining).toBeGreaterThan(0);
  });

  it('run elsewhere, and once, where one spins before they begin', async () => {
    await neighbours(0.5);
    // In one turn of the loop, so that both come to the isolate in one message.
    const spinning = invoke('one', { do: 'spin' });
    const next = see('next', { do: 'set', value: 'once' });

    expect((await spinning).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(await next).toMatchObject({ calls: 1, kept: 'once' });
  });
});

describe('environments of one function in one isolate', () => {
  it('have modules of their own, also those that the first one imports', async () => {
    const gate = aGate();
    const state = 'let count = 0; export const next = () => ++count;';
    const code = `${passing}
      import { next } from './lib/state.mjs';
      export const handler = async (event) => { const count = next(); if (event.gate) await pass(event.gate); return count; };`;
    const files = { 'index.mjs': code, 'lib/state.mjs': 'export { next } from "../deep.mjs";', 'deep.mjs': state };
    const fixture = await aLambda({ step: { code: files } });
    const calls = Array.from({ length: 4 }, () => fixture.lambda.invoke('step', { gate: gate.until }, OUTSIDE));
    await gate.begun(4);
    gate.open();

    expect((await Promise.all(calls)).map(({ payload }) => payload)).toEqual([1, 1, 1, 1]);
    await fixture.close();
    gate.remove();
  });
});
