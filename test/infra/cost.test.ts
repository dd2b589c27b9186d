import { expect, it } from '@jest/globals';
import { defaultMix, readMix } from '#infra/cost/mix.ts';
import { modelOf } from '#infra/cost/model.ts';
import { productionStack } from '#infra/cost/production.ts';
import { reportOf } from '#infra/cost/report.ts';

const report = reportOf(modelOf(productionStack()), { rate: 0.001, mix: readMix(defaultMix), region: 'other' });
const cells = report.parts.flatMap(({ table }) => table.rows.flat());

it('the report has a line for all that it is asked for, and no number that has to be decoded', () => {
  expect(report.parts.every(({ table }) => table.rows.length > 0)).toBe(true);
  expect(report.parts.every(({ table: { head, rows } }) => rows.every((row) => row.length === head.length))).toBe(true);
  expect(cells.filter((cell) => /\de[-+]\d|NaN|Infinity|undefined/.test(cell))).toEqual([]);
});

it('its figures are plain JSON, with the runs and the quota that binds first', () => {
  const figures = JSON.parse(JSON.stringify(report.figures));

  expect(figures.runs.success).toMatchObject({ transitions: 13, calls: { 'states:StartExecution': 1 } });
  expect(figures.quotas[0]).toMatchObject({ quota: 'transitions', value: 800 });
});
