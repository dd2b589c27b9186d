import { describe, expect, it } from '@jest/globals';
import { type CostValues, costCommand } from '#infra/cost/command.ts';
import type { Dates } from '#infra/cost/dates.ts';
import { prices } from '#infra/cost/facts.ts';
import type { StackFacts } from '#infra/cost/stack.ts';
import { UsageError } from '#infra/operations/run-command.ts';
import { jsonFiles } from '#test/support/json-files.ts';

const stackFile = jsonFiles();

const functions = [{ name: 'reserve-hotel', memoryMegabytes: 512, isPublished: true }];
const production: StackFacts = {
  ...{ functions, alarms: 70, dashboards: 1, polledQueues: 1, schedules: [], logRetentionDays: 365, measuredRoutes: 0 },
  ...{ isRecoverable: true, isTraced: false, admittedRequests: 500 },
};

const fresh: Dates = { old: [], unchecked: [] };

async function cost(values: CostValues, dates = fresh) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const done = costCommand(values, {
    print: (text) => void printed.push(text),
    complain: (sentence) => void complaints.push(sentence),
    dates: () => dates,
    production: async () => production,
  });
  const refusal = await done.then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { printed, complaints, refusal };
}

const figuresOf = async (values: CostValues) => JSON.parse((await cost({ ...values, json: true })).printed.join('\n'));

describe('what bookings cost, on the command line', () => {
  it('given no option, then production is told in tables, with one booking a second', async () => {
    const { printed } = await cost({});

    expect(printed).toHaveLength(8);
    expect(printed[4]).toMatch(/^A month of bookings, beside the idle one\n\nBookings a second +1\n/);
    expect(printed[5]).toContain('(Regions: us-east-1, us-west-2, eu-west-1)');
    expect(printed.every((part) => part.endsWith('\n'))).toBe(true);
  });

  it('given a rate, a mix and a class of Regions, then the figures are theirs', async () => {
    expect(await figuresOf({ rate: '2.5', mix: 'success=3,failPayment=1', 'region-class': 'other' })).toMatchObject({
      month: { rate: 2.5, mix: { success: 0.75, failPayment: 0.25 } },
      quotas: expect.arrayContaining([expect.objectContaining({ quota: 'transitions', value: 800 })]),
    });
  });

  it('given more seats that are taken, then a booking writes more', async () => {
    const [none, full] = [await figuresOf({ 'seats-taken': '0' }), await figuresOf({ 'seats-taken': '2000' })];

    expect(full.runs.success.units.write).toBeGreaterThan(none.runs.success.units.write);
  });

  it('given a synthesized stack, then it takes the place of production', async () => {
    const alarms = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [`A${index}`, {}]));
    const stack = stackFile('own', { resource: { aws_cloudwatch_metric_alarm: alarms } });
    const { idleMonth } = await figuresOf({ stack });

    expect(idleMonth[0]).toEqual({ name: 'Alarms', amount: '3', cost: 3 * prices.alarmMonth.value });
  });

  it.each([
    ['no object', null],
    ['one without resources', {}],
    ['one whose resources are none', { resource: null }],
    ['one whose resources are a text', { resource: 'all' }],
  ])('given a stack that is %s, then the file is named', async (_, content) => {
    expect((await cost({ stack: stackFile('wrong', content) })).refusal).toMatch(
      /wrong\.json is no synthesized stack: it has no "resource"; npm run synth writes one$/,
    );
  });

  it.each<[CostValues, string]>([
    [{ rate: '0' }, '--rate must be a number above 0, and at most 1000000, not "0"'],
    [{ rate: '1000001' }, '--rate must be a number above 0, and at most 1000000, not "1000001"'],
    [{ rate: 'many' }, '--rate must be a number above 0, and at most 1000000, not "many"'],
    [{ 'region-class': 'small' }, '--region-class must be large or other, not "small"'],
    [{ 'seats-taken': '-1' }, '--seats-taken must be a whole number from 0, not "-1"'],
    [{ mix: 'success' }, '--mix takes parts like success=90, separated by commas, not "success"'],
    [{ 'check-dates': true, rate: '1' }, '--rate has no effect with --check-dates'],
  ])('given %j, then it is refused as a wrong use', async (values, message) => {
    const doors = {
      print: () => undefined,
      complain: () => undefined,
      dates: () => fresh,
      production: async () => production,
    };

    await expect(costCommand(values, doors)).rejects.toThrow(new UsageError(message));
  });
});

describe('the dates of prices, on the command line', () => {
  it('given prices that were looked up this year, then it says so, and names those without a source', async () => {
    const { printed, complaints, refusal } = await cost({ 'check-dates': true }, { old: [], unchecked: ['trace'] });

    expect(printed).toEqual([
      'trace: no source could be read yet',
      'No price or quota was checked more than a year ago',
    ]);
    expect([complaints, refusal]).toEqual([[], undefined]);
  });

  it('given prices of two years ago, then each is named, and it fails', async () => {
    const old = ['alarmMonth was checked 700 days ago', 'trace was checked 400 days ago'];
    const { printed, complaints, refusal } = await cost({ 'check-dates': true }, { old, unchecked: [] });

    expect([printed, complaints]).toEqual([[], old]);
    expect(refusal).toBe('2 prices and quotas are older than a year: look them up, and date them');
  });
});
