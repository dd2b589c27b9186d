import { describe, expect, it } from '@jest/globals';
import { createObserver, type Observation } from '#embedded/observer.ts';
import { systemPorts } from '#embedded/ports.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { failure, LAMBDA, MACHINE_ARN, subject } from './stepfunctions/support.ts';

describe('virtual time', () => {
  it('runs what falls due in order, also what is scheduled on the way, and nothing that was cancelled', async () => {
    const time = createVirtualTime({ start: 1_000 });
    const ran: [string, number][] = [];
    const note = (name: string) => () => void ran.push([name, time.clock.now()]);
    time.scheduler.after(50, note('late'));
    time.scheduler.after(10, () => {
      note('early')();
      time.scheduler.after(5, note('between'));
    });
    time.scheduler.after(20, note('cancelled'))();
    time.scheduler.after(100, note('beyond'));

    await time.advance(60);

    expect(ran).toEqual([
      ['early', 1_010],
      ['between', 1_015],
      ['late', 1_050],
    ]);
    expect(time.clock.now()).toBe(1_060);
    expect(await time.next()).toBe(true);
    expect(await time.next()).toBe(false);
    expect(time.clock.now()).toBe(1_100);
  });

  it('draws the same for the same seed, and another for another', () => {
    const drawn = (seed: number) => {
      const { randomness } = createVirtualTime({ seed });
      return [randomness.fraction(), randomness.uuid(), randomness.fraction()];
    };

    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(drawn(7)[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('the scheduler of the system', () => {
  it('does not run at once what is due after more than timers can count, and can be cancelled', async () => {
    let ran = false;
    const cancel = systemPorts.scheduler.after(2 ** 40, () => {
      ran = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    cancel();

    expect(ran).toBe(false);
  });
});

describe('the observer', () => {
  it('numbers and stamps what happens, and replays it from an id', () => {
    const { clock } = createVirtualTime({ start: 5 });
    const observer = createObserver(clock);
    const line = (message: string) => observer.observe({ type: 'logLine', group: 'g', stream: 's', message });
    const live: Observation[] = [];
    const replayed: Observation[] = [];

    line('one');
    line('two');
    const stop = observer.subscribe((each) => live.push(each));
    observer.subscribe((each) => replayed.push(each), 1);
    line('three');
    stop();
    line('four');

    expect(live).toEqual([{ type: 'logLine', group: 'g', stream: 's', message: 'three', id: 3, at: 5 }]);
    expect(replayed.map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(observer.latest()).toBe(4);
  });

  it('forgets the oldest', () => {
    const observer = createObserver(systemPorts.clock, 10);
    for (let count = 0; count < 100; count++)
      observer.observe({ type: 'logLine', group: 'g', stream: 's', message: '' });
    const kept: number[] = [];
    observer.subscribe(({ id }) => kept.push(id), 0);

    expect(kept.length).toBeGreaterThanOrEqual(10);
    expect(kept.length).toBeLessThan(20);
    expect(kept.at(-1)).toBe(100);
  });

  it('hears of an execution that begins and ends, and of its states entered, retried and exited', async () => {
    const observer = createObserver(systemPorts.clock);
    const seen: Observation[] = [];
    observer.subscribe((each) => seen.push(each));
    const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 3 }];
    const sfn = subject({
      states: { Call: { Type: 'Task', Resource: LAMBDA, Retry, Next: 'Done' }, Done: { Type: 'Succeed' } },
      task: (_, attempt) => (attempt === 1 ? Promise.reject(failure('Flaky')) : { ok: true }),
      observe: observer.observe,
    });

    const { executionArn } = await sfn.run({ a: 1 });

    const execution = { type: 'executionChanged', executionArn, stateMachineArn: MACHINE_ARN };
    const call = { executionArn, state: 'Call', stateType: 'Task' };
    const done = { executionArn, state: 'Done', stateType: 'Succeed' };
    expect(seen.map(({ id: _, at: __, ...happening }) => happening)).toEqual([
      { ...execution, status: 'RUNNING' },
      { type: 'stateEntered', ...call, input: { a: 1 } },
      { type: 'stateRetried', ...call, attempt: 1, error: 'Flaky', delayMs: 3 },
      { type: 'stateExited', ...call, output: { ok: true }, next: 'Done' },
      { type: 'stateEntered', ...done, input: { ok: true } },
      { type: 'stateExited', ...done, output: { ok: true }, next: undefined },
      { ...execution, status: 'SUCCEEDED' },
    ]);
  });
});
