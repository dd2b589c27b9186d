import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { quotas } from '#infra/cost/facts.ts';
import { hotFlight } from '#infra/cost/hot-flight.ts';
import { defaultMix, readMix } from '#infra/cost/mix.ts';
import { modelOf } from '#infra/cost/model.ts';
import { whole } from '#infra/cost/money.ts';
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

describe('figures that stand in sentences are those of the model; npm run docs writes the others', () => {
  it.each([['docs/scale.md', `more than ${whole(quotas.tableWrites.values.other)} write units of the table`]])(
    '%s: %s',
    (page, sentence) => {
      expect({ page, sentence, isThere: readFileSync(page, 'utf8').includes(sentence) }).toEqual({
        ...{ page, sentence, isThere: true },
      });
    },
  );

  it('docs/scale.md: five seats a second are half of what a full flight sells', () => {
    expect(Math.round(hotFlight(2000, model.recorded.sizes).seatsASecond / 2)).toBe(5);
  });
});
