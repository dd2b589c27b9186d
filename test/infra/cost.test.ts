import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { boundsOf } from '#infra/cost/binding.ts';
import { prices, quotas } from '#infra/cost/facts.ts';
import { hotFlight } from '#infra/cost/hot-flight.ts';
import { defaultMix, readMix } from '#infra/cost/mix.ts';
import { modelOf } from '#infra/cost/model.ts';
import { dollars, number, whole } from '#infra/cost/money.ts';
import { idleMonth, usageIn } from '#infra/cost/month.ts';
import { billOf, totalOf } from '#infra/cost/pricing.ts';
import { productionStack } from '#infra/cost/production.ts';
import { reportOf } from '#infra/cost/report.ts';
import { forwardPath } from '#test/support/saga-paths.ts';

const model = modelOf(productionStack());
const mix = readMix(defaultMix);
const report = reportOf(model, { rate: 0.001, mix, region: 'other' });
const cells = report.parts.flatMap(({ table }) => table.rows.flat());

it('the report has a line for all that it is asked for, and no number that has to be decoded', () => {
  expect(report.parts.every(({ table }) => table.rows.length > 0)).toBe(true);
  expect(report.parts.every(({ table: { head, rows } }) => rows.every((row) => row.length === head.length))).toBe(true);
  expect(cells.filter((cell) => /\de[-+]\d|NaN|Infinity|undefined/.test(cell))).toEqual([]);
});

it('its figures are plain JSON, with the runs and the quota that binds first', () => {
  const figures = JSON.parse(JSON.stringify(report.figures));

  // All states up to the commit, the customer's message and the end.
  expect(figures.runs.success).toMatchObject({
    transitions: forwardPath.length + 2,
    calls: { 'states:StartExecution': 1 },
  });
  expect(figures.quotas[0]).toMatchObject({ quota: 'transitions', value: 800 });
});

describe('figures that stand in sentences are those of the model', () => {
  const { usages, stack, recorded } = model;
  const { transitions } = usageIn(usages, 'success');
  const bounds = new Map(boundsOf(mix, usages, 'other').map((bound) => [bound.quota, bound]));
  const idle = idleMonth(stack, recorded);
  const idleDollars = idle.reduce((sum, { cost }) => sum + cost, 0);
  const dayOfTransitions = 24 * 60 * 60 * transitions * prices.transition.value;
  const { large, other } = quotas.transitions.values;
  const seatsOfFullFlight = hotFlight(2000, recorded.sizes).seatsASecond;

  it.each([
    ['docs/deploy.md', `costs some $${idleDollars.toFixed(0)} a month`],
    [
      'docs/deploy.md',
      `cost some ${dollars(totalOf(billOf(usageIn(usages, 'customer'), stack, { runs: 1000 }))).slice(0, 5)}`,
    ],
    ['docs/deploy.md', `admits some $${dayOfTransitions.toFixed(0)} of state transitions a day`],
    ['docs/operations.md', `StateTransition, refill a second | ${transitions} × N`],
    ['docs/operations.md', `in which no call is slow, takes ${number(bounds.get('concurrency')?.used ?? 0)} × N`],
    ['docs/operations.md', `2 × N is over ${quotas.starts.values.other}, the least default`],
    ['docs/scale.md', `Above ${whole(other / transitions)} successful bookings a second`],
    ['docs/scale.md', `a new one takes ${whole(quotas.newTableWrites.values.other)} write units`],
    ['docs/scale.md', `save two of ${transitions === 13 ? 'thirteen' : transitions}`],
    ['docs/scale.md', `more than ${whole(quotas.tableWrites.values.other)} write units of the table`],
    [
      'docs/scale.md',
      `${(100_000 * transitions) / 1e6} million transitions a second are ${(100_000 * transitions) / large} times`,
    ],
  ])('%s: %s', (page, figure) => {
    expect(readFileSync(page, 'utf8')).toContain(figure);
  });

  it('docs/scale.md: five seats a second are half of what a full flight sells', () => {
    expect(Math.round(seatsOfFullFlight / 2)).toBe(5);
  });
});
