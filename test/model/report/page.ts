import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from '#infra/docs/page.ts';
import type { Outcome } from './jobs.ts';
import { harmlessTable, limitTable, ruleTable, scenarioTable } from './tables.ts';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
export const readPage = (): string => readFileSync(file, 'utf8');
export const writePage = (page: string): void => writeFileSync(file, page);

const put = (page: string, marker: string, content: string): string => withSection(page, { file, marker }, content);

/** The figures of `npm test`, which tries the rules, and the scenarios with small bounds only. */
export const withRules = (page: string, outcomes: readonly Outcome[]): string =>
  put(put(put(page, 'rules', ruleTable(outcomes)), 'harmless', harmlessTable()), 'limits', limitTable(outcomes));

export const withScenarios = (page: string, outcomes: readonly Outcome[]): string =>
  put(page, 'scenarios', scenarioTable(outcomes));
