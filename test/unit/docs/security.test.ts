import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';

const page = readFileSync(join(projectRoot, 'docs/security.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Threat |'));

/** Tests that a row names: the file, and the test's name as the file spells it. */
const testsOf = (row: string): (readonly [file: string, name: string])[] =>
  [...row.matchAll(/\]\(\.\.\/(test\/[\w/-]+\.test\.ts)\): "(.+?)"(?=<br>| \|)/g)].map(([, file = '', name = '']) => [
    file,
    name,
  ]);

describe('docs/security.md', () => {
  it('names a test for every threat', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => testsOf(row).length === 0)).toEqual([]);
  });

  it.each(rows.flatMap(testsOf))('%s has the test "%s"', (file, name) => {
    const source = readFileSync(join(projectRoot, file), 'utf8');
    expect(["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`))).toBe(true);
  });
});
