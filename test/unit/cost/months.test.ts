import { describe, expect, it } from '@jest/globals';
import { readMix } from '#infra/cost/mix.ts';
import { busyMonth, idleMonth, usageIn } from '#infra/cost/month.ts';
import { gigabyteSeconds } from '#infra/cost/pricing.ts';
import { type StackFacts, stackFactsOf } from '#infra/cost/stack.ts';
import type { Usage } from '#infra/cost/usage.ts';
import { workOf } from '#infra/cost/work.ts';

const stack: StackFacts = {
  ...stackFactsOf({ resource: {} }),
  functions: [{ name: 'pay', memoryMegabytes: 1024, isPublished: true }],
};
const usage: Usage = {
  transitions: 1,
  events: 1,
  requests: 1,
  invocations: new Map([['pay', 2]]),
  calls: new Map(),
  units: { read: 0, write: 0, own: 0 },
  publishes: 0,
  messages: 0,
  logs: { functions: 0, machine: 0, api: 0 },
};

describe('a month', () => {
  it('given a schedule without a recorded run, when its idle month is asked for, then the command that records is named', () => {
    const schedules = [{ functionName: 'pay', runsAMonth: 1 }];

    expect(() => idleMonth({ ...stack, schedules }, { idle: {} })).toThrow(
      'No idle run of "pay" is recorded: npm run cost:record',
    );
  });

  it('given a stack that is traced, when a run is scheduled, then it costs a trace more', () => {
    const schedules = [{ functionName: 'pay', runsAMonth: 1 }];
    const idle = { pay: { read: 0, write: 0, calls: 0, logs: 0, metrics: 0 } };
    const costOf = (of: StackFacts) => idleMonth(of, { idle }).at(-1)?.cost ?? 0;

    expect(costOf({ ...stack, schedules, isTraced: true }) - costOf({ ...stack, schedules })).toBeCloseTo(5e-6, 12);
  });

  it.each([
    [false, 0.25],
    [true, 0.45],
  ])('given backups: %s, when bookings stay, then a gigabyte of them costs $%d', (isRecoverable, dollars) => {
    const sizes = { items: { header: 1000 }, entries: {}, seatHold: 0 };
    const usages = new Map([['success', usage]]);
    const month = busyMonth(1, readMix('success=1'), { stack: { ...stack, isRecoverable }, usages, sizes });

    expect(month.storage / month.storedGigabytes).toBeCloseTo(dollars, 10);
  });

  it('given a run that the model does not know, when its usage is asked for, then it is named', () => {
    expect(() => usageIn(new Map([['success', usage]]), 'visa')).toThrow('There is no usage of "visa"');
    expect(usageIn(new Map([['success', usage]]), 'success')).toBe(usage);
  });
});

it('given a function that is not on this stage, when it is billed, then it has the memory of the first one', () => {
  const elsewhere = { ...usage, invocations: new Map([['start-booking', 2]]) };

  expect(gigabyteSeconds(elsewhere, stack)).toBe(gigabyteSeconds(usage, stack));
  expect(gigabyteSeconds(elsewhere, { functions: [] })).toBe(0);
});

describe('a compensation with nothing to undo', () => {
  const callsOf = (state: string, ...held: string[]) => {
    const { calls, held: left } = workOf(state, new Set(held));
    return { calls: calls.map((call) => [call.operation, 'items' in call ? call.items : []]), held: [...left] };
  };

  it('given no header, when the booking is cancelled, then a refused update and a tombstone are written', () => {
    expect(callsOf('CancelBooking')).toEqual({
      calls: [
        ['UpdateItem', []],
        ['PutItem', ['header']],
      ],
      held: ['header'],
    });
    expect(callsOf('CancelBooking', 'header')).toEqual({ calls: [['UpdateItem', ['header']]], held: ['header'] });
  });

  it('given no seat, when it is released, then no entry of the catalog changes', () => {
    const [without] = workOf('ReleaseSeat', new Set()).calls;
    const [withSeat] = workOf('ReleaseSeat', new Set(['seat'])).calls;

    expect(without).toMatchObject({ operation: 'UpdateItem', items: ['inventory'], entries: {} });
    expect(withSeat).toMatchObject({ operation: 'UpdateItem', entries: { ByDepartureSchedule: 'changes' } });
    expect(callsOf('ReleaseSeat', 'header', 'seat').held).toEqual(['header']);
  });
});
