import { describe, expect, it } from '@jest/globals';
import { boundsOf, busySeconds } from '#infra/cost/binding.ts';
import { enginesOf } from '#infra/cost/engines.ts';
import { hotFlight } from '#infra/cost/hot-flight.ts';
import type { ItemSizes } from '#infra/cost/items.ts';
import { readMix } from '#infra/cost/mix.ts';
import { dollars, number, whole } from '#infra/cost/money.ts';
import { busyMonth, idleMonth } from '#infra/cost/month.ts';
import { billOf, gigabyteSeconds, totalOf } from '#infra/cost/pricing.ts';
import type { StackFacts } from '#infra/cost/stack.ts';
import type { Usage } from '#infra/cost/usage.ts';

const stack: StackFacts = {
  functions: [
    { name: 'reserve', memoryMegabytes: 512, isPublished: true },
    { name: 'clean', memoryMegabytes: 1024, isPublished: false },
  ],
  alarms: 70,
  dashboards: 1,
  polledQueues: 1,
  schedules: [{ functionName: 'clean', runsAMonth: 1000 }],
  logRetentionDays: 365,
  measuredRoutes: 0,
  isRecoverable: true,
  isTraced: false,
  admittedRequests: 500,
};

const usage: Usage = {
  transitions: 13,
  events: 60,
  requests: 1,
  invocations: new Map([['reserve', 10]]),
  calls: new Map([['dynamodb:PutItem', 20]]),
  units: { read: 2, write: 40, own: 30 },
  publishes: 1,
  messages: 1,
  logs: { functions: 1000, machine: 2000, api: 48 },
};

describe('the bill of a thousand runs, by hand', () => {
  const bill = billOf(usage, stack, { runs: 1000 });

  it('counts 13,000 transitions at $0.025 a thousand', () => expect(bill['Step Functions']).toBeCloseTo(0.325, 10));
  it('counts 40,000 write units at $0.625 and 2,000 read units at $0.125 a million', () =>
    expect(bill.DynamoDB).toBeCloseTo(0.025 + 0.000_25, 10));
  it('counts 3,048,000 bytes at $0.50 a GB', () => expect(bill.Logs).toBeCloseTo(0.001_419_3, 6));
  // Ten invocations of 5 ms and twenty calls of 12 ms at half a GB: 0.145 GB-seconds.
  it('counts the time of functions and of their calls', () => {
    expect(gigabyteSeconds(usage, stack)).toBeCloseTo(0.145, 10);
    expect(bill.Lambda).toBeCloseTo(10_000 * 2e-7 + 145 * 0.0000133334, 10);
  });
  it('counts a publish, and three requests a message', () =>
    expect(bill['Queues and topic']).toBeCloseTo(0.0005 + 0.0012, 10));
  it('counts a request at $1 a million', () => expect(bill['HTTP API']).toBeCloseTo(0.001, 10));
  it('leaves X-Ray out where nothing is traced', () => expect(bill['X-Ray']).toBe(0));
  it('adds up', () => expect(totalOf(bill)).toBeCloseTo(0.358_302_6, 6));
});

describe('a month', () => {
  it('of nothing has 70 alarms, a dashboard, a queue that is polled and what a schedule does', () => {
    const idle = { clean: { read: 4, write: 1, calls: 5, logs: 1024, metrics: 2 } };

    const lines = idleMonth(stack, { idle });

    expect(lines.map(({ name, cost }) => [name, Number(cost.toFixed(4))])).toEqual([
      ['Alarms', 7],
      ['Dashboard', 3],
      ['Metrics of scheduled functions', 0.9],
      // 15 a minute in 43,200 minutes.
      ['Polling of empty queues', 0.2592],
      // A thousand times $2e-7, 65 ms of a GB, 4 read and 1 write units and a kilobyte of log.
      ['Scheduled functions', 0.0027],
    ]);
  });

  it('of ten bookings a second has 25,920,000, and a tenth of a second of them is always traced', () => {
    const sizes: ItemSizes = { items: { header: 1000 }, entries: {}, seatHold: 0 };
    const usages = new Map([['success', usage]]);

    const month = busyMonth(10, readMix('success=1'), { stack: { ...stack, isTraced: true }, usages, sizes });

    expect(month.bookings).toBe(25_920_000);
    expect(month.bill['Step Functions']).toBeCloseTo(25_920 * 0.325, 6);
    // 25.92 million times 3,048 bytes, of which 15 % are kept for 365 days.
    expect(month.logStorage).toBeCloseTo(((25_920_000 * 3048) / 1024 ** 3) * 0.15 * 0.03 * (365 / 30), 6);
    // (1 + 9 × 5 %) of 10, three traces a run.
    expect(month.bill['X-Ray']).toBeCloseTo(25_920_000 * 0.145 * 3 * 5e-6, 6);
  });
});

describe('quotas', () => {
  const usages = new Map([
    ['success', usage],
    ['cancel', { ...usage, transitions: 26 }],
  ]);
  const rates = (mix: string, region: 'large' | 'other') =>
    Object.fromEntries(boundsOf(readMix(mix), usages, region).map(({ quota, rate }) => [quota, Math.floor(rate)]));

  it('13 transitions admit 384 bookings a second in the large three Regions and 61 elsewhere', () => {
    expect(rates('success=1', 'large').transitions).toBe(384);
    expect(rates('success=1', 'other').transitions).toBe(61);
  });

  it('StartExecution binds before them in the large three, and they bind first elsewhere', () => {
    expect(Object.keys(rates('success=1', 'large')).slice(0, 3)).toEqual(['newTableWrites', 'starts', 'transitions']);
    expect(Object.keys(rates('success=1', 'other'))[0]).toBe('transitions');
  });

  it('a cancellation is a run besides', () => {
    const mixed = rates('success=10,cancel=1', 'large');

    expect(mixed.transitions).toBe(Math.floor(5000 / (13 + 2.6)));
    expect(mixed.starts).toBe(272);
  });

  it('functions run 0.29 seconds for a booking', () => expect(busySeconds(usage)).toBeCloseTo(0.29, 10));
});

describe('a hot flight', () => {
  const sizes: ItemSizes = { items: { inventory: 541 }, entries: {}, seatHold: 49 };

  it.each([
    // (541 + 9 + 49) bytes: one unit.
    [0, 1, 1000],
    // 541 + 9 + 151 × 49 = 7,949 bytes: eight units.
    [150, 8, 125],
    // 541 + 9 + 2,001 × 49 = 98,599 bytes: 97 units.
    [2000, 97, 10],
  ])('with %d seats taken takes %d units a seat, so %d a second', (seatsTaken, units, rate) => {
    const flight = hotFlight(seatsTaken, sizes);

    expect(flight.units).toBe(units);
    expect(Math.floor(flight.seatsASecond)).toBe(rate);
  });
});

it('other engines, a thousand bookings of 11 steps and 13 transitions in two seconds', () => {
  const costs = enginesOf({ transitions: 13, steps: 11, seconds: 2, stateBytes: 13_000 }).map(({ cost }) =>
    Number(cost.toFixed(4)),
  );

  // 13,000 × $25e-6; 1,000 × ($1e-6 + 2 s × 1/16 GB × $16.67e-6); 12,000 × $8e-6 + 13 MB × $0.25 a GB; 12,000 × $50e-6; × $25e-6.
  expect(costs).toEqual([0.325, 0.0031, 0.099, 0.6, 0.3]);
});

describe('money', () => {
  it.each([
    [0, '$0'],
    [0.000_000_83, '< $0.0001'],
    [0.0042, '$0.0042'],
    [0.3251, '$0.325'],
    [7.3, '$7.30'],
    [87_998.4, '$87,998'],
  ])('%d is %s', (value, text) => expect(dollars(value)).toBe(text));

  it('rates are cut, not rounded up', () => expect(whole(384.9)).toBe('384'));
  it('small numbers keep two decimals', () => expect([0.01, 43.46].map(number)).toEqual(['0.01', '43.5']));
});

describe('a mix', () => {
  it('adds up to one booking, with cancellations besides', () => {
    expect([...readMix('success=90,failPayment=10,cancel=5')]).toEqual([
      ['success', 0.9],
      ['failPayment', 0.1],
      ['cancel', 0.05],
    ]);
  });

  it('takes the short names of run types', () => {
    expect([...readMix('failHotel=1').keys()]).toEqual(['failHotelReservation']);
  });

  it.each([
    ['success', 'success'],
    ['success=x', 'success=x'],
    ['success=1e999', 'success=1e999'],
    ['cancel=1', 'no booking above 0'],
    ['failVisa=1', 'failVisa'],
  ])('%s is refused', (text, said) => expect(() => readMix(text)).toThrow(said));
});
