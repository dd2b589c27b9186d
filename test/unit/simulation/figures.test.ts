import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Figures } from '#test/simulation/report/figures.ts';

it("the model's page says how many walks are followed", () => {
  const { classes } = JSON.parse(readFileSync('test/simulation/report/figures.json', 'utf8')) as Figures;
  const walks = classes.walks?.plans.toLocaleString('en-US');

  expect(readFileSync('test/model/README.md', 'utf8')).toContain(`follows ${walks} random walks`);
});
