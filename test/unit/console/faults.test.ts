import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TaskHook } from '#embedded/index.ts';
import { type AslDefinition, lastUndoneOf, undoingOf } from '../../../localstack/console/model/asl.ts';
import {
  type ArmedFault,
  armedNewsOf,
  eachCall,
  type FaultKind,
  mostCalls,
  newsOf,
  nextCalls,
  seenByFailureOf,
} from '../../../localstack/console/model/faults.ts';
import { createFaults, type Faults, faultOf } from '../../../localstack/console/server/faults/index.ts';
import asl from '../../../statemachine/booking-saga.asl.json' with { type: 'json' };

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:booking';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:refund';
const updateItem = 'arn:aws:states:::dynamodb:updateItem';

let hooks: Set<TaskHook>;
let faults: Faults;
let done: string[];

beforeEach(() => {
  [hooks, done] = [new Set(), []];
  faults = createFaults(
    (hook) => {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    machineArn,
    () => 7,
  );
});

/** What the machine gets of a call: its result, or the name of its failure. */
async function call(stateName: string, { resource = functionArn, machine = 'booking' } = {}): Promise<unknown> {
  const executionArn = `arn:aws:states:us-east-1:000000000000:execution:${machine}:t.1`;
  const task = { resource, input: {}, stateName, executionArn, signal: new AbortController().signal };
  const proceed = async () => `done ${done.push(stateName)}`;
  const [hook] = hooks;
  if (hook === undefined) return proceed();
  return hook(task, proceed).catch((error: Error) => error.name);
}

describe('an armed fault', () => {
  it.each<[FaultKind, unknown, number]>([
    ['before', 'Lambda.SdkClientException', 0],
    ['after', 'Lambda.SdkClientException', 1],
    ['timeout', 'States.Timeout', 1],
    ['throttle', 'Lambda.TooManyRequestsException', 0],
    ['duplicate', 'done 2', 2],
  ])('of kind %s answers %s, and the work is done %i times', async (kind, answer, times) => {
    faults.arm({ state: 'Refund', kind, calls: 1 });

    expect(await call('Refund')).toBe(answer);
    expect(done).toHaveLength(times);
    expect(faults.fired()).toEqual([expect.objectContaining({ at: 7, state: 'Refund', kind, run: 't.1' })]);
  });

  it.each<[FaultKind, string]>([
    ['before', 'DynamoDB.SdkClientException'],
    ['throttle', 'DynamoDB.ThrottlingException'],
  ])('of kind %s is %s where the state writes to the table itself', async (kind, name) => {
    faults.arm({ state: 'ReleaseSeat', kind, calls: 1 });

    expect(await call('ReleaseSeat', { resource: updateItem })).toBe(name);
  });

  it('takes as many calls of its state as it was armed for, and none of others', async () => {
    faults.arm({ state: 'Refund', kind: 'throttle', calls: 2 });

    expect([await call('Other'), await call('Refund', { machine: 'another' })]).toEqual(['done 1', 'done 2']);
    await call('Refund');
    expect(faults.armed()).toMatchObject([{ calls: 2, left: 1 }]);
    await call('Refund');
    expect([await call('Refund'), faults.armed()]).toEqual(['done 3', []]);
    expect(hooks.size).toBe(0);
  });

  it('waits for those of its state that were armed earlier, one a call', async () => {
    faults.arm({ state: 'Refund', kind: 'timeout', calls: 1 });
    faults.arm({ state: 'Refund', kind: 'throttle', calls: 1 });

    expect([await call('Refund'), await call('Refund')]).toEqual(['States.Timeout', 'Lambda.TooManyRequestsException']);
  });

  it('is disarmed alone, or with all others', async () => {
    for (const state of ['A', 'B', 'C']) faults.arm({ state, kind: 'before', calls: 1 });
    faults.disarm(Number(faults.armed()[1]?.id));
    expect(faults.armed().map(({ state }) => state)).toEqual(['A', 'C']);

    faults.disarmAll();
    expect([faults.armed(), hooks.size, await call('A')]).toEqual([[], 0, 'done 1']);
  });

  it('tells who watches whenever others are armed, until they watch no longer', async () => {
    const seen: number[] = [];
    const stop = faults.watch(() => seen.push(faults.armed().length));
    faults.arm({ state: 'Refund', kind: 'before', calls: 2 });
    await call('Refund');
    await call('Refund');
    stop();
    faults.arm({ state: 'Refund', kind: 'before', calls: 1 });

    expect(seen).toEqual([1, 1, 0]);
  });

  it('keeps the newest hundred that fired', async () => {
    faults.arm({ state: 'Refund', kind: 'before', calls: 150 });
    for (let count = 0; count < 150; count++) await call('Refund');

    expect(faults.fired()).toHaveLength(100);
    expect(Number(faults.fired()[0]?.id)).toBeGreaterThan(Number(faults.fired()[99]?.id));
  });
});

describe('what the page asks for', () => {
  it('is a known state, a known kind and a number of calls', () => {
    expect(faultOf({ state: 'A', kind: 'after' }, ['A'])).toEqual({ state: 'A', kind: 'after', calls: 1 });
    expect(faultOf({ state: 'A', kind: 'after', calls: mostCalls }, ['A'])).toMatchObject({ calls: mostCalls });
  });

  it.each([
    [undefined, /^state/],
    [{ state: 'B', kind: 'after' }, /^state/],
    [{ state: 'A', kind: 'sometimes' }, /^kind/],
    [{ state: 'A', kind: 'after', calls: 0 }, /^calls/],
    [{ state: 'A', kind: 'after', calls: 1.5 }, /^calls/],
    [{ state: 'A', kind: 'after', calls: mostCalls + 1 }, /^calls/],
  ])('is refused as %j', (body, message) => {
    expect(() => faultOf(body, ['A'])).toThrow(message);
  });
});

describe('words', () => {
  it('say how many calls are left', () => {
    expect([nextCalls(1), nextCalls(3)]).toEqual(['Next call', 'Next 3 calls']);
    expect([eachCall(1), eachCall(3)]).toEqual(['The next call', 'Each of the next 3 calls']);
  });

  it('tell what is armed as it changes', () => {
    const [one, two] = [1, 2].map((id) => ({ id, state: `S${id}`, kind: 'after' as const, calls: 1, left: 1 }));
    const [none, all] = [[], [one, two]] as ArmedFault[][];

    expect(armedNewsOf(all ?? [], none ?? [])).toBe('Armed: S1 fails after its write, S2 fails after its write');
    expect(armedNewsOf(none ?? [], all ?? [])).toBe('No fault is armed any more');
    expect(armedNewsOf([one as ArmedFault], all ?? [])).toBeUndefined();
  });

  it('say what to book so that a fault is seen', () => {
    const definition = asl as AslDefinition;
    const of = { undoing: [...undoingOf(definition).states], lastUndone: lastUndoneOf(definition) };

    expect(seenByFailureOf(['TakePayment'], of)).toBeUndefined();
    expect(seenByFailureOf(['TakePayment', 'RefundPayment'], of)).toBe('ConfirmBooking');
  });

  it('tell of what fired since', () => {
    const fired = [2, 1].map((id) => ({ id, at: 0, state: `S${id}`, kind: 'after' as const, run: 't.1' }));

    expect(newsOf(fired, 1)).toEqual(['S2 failed after its write']);
    expect(newsOf(fired, 2)).toEqual([]);
  });
});
