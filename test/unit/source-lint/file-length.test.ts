import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { longFiles, readTextFiles, textFile } from '#infra/source-lint/file-length.ts';
import { exceptions } from '#infra/source-lint/long-files.ts';
import { projectEntries } from '#infra/source-lint/project-files.ts';

const lines = (count: number): string => 'a line\n'.repeat(count);
const sentenceOf = (file: string, count: number): string =>
  `${file} has ${count} lines, more than 200: split it by what it is about. ` +
  'A file that a program writes is named in infra/source-lint/long-files.ts';

it('names each file of more than 200 lines', () => {
  const files = [200, 201].map((count) => textFile(`functions/${count}.ts`, lines(count)));

  expect(longFiles(files, {})).toEqual([sentenceOf('functions/201.ts', 201)]);
});

describe('lines', () => {
  it('are counted in each kind of file', () => {
    const files = ['a.css', 'a.graphql', '.github/workflows/a.yml', 'a.sh', 'a.md', 'a.json', 'a.py', 'LICENSE'];

    expect(
      longFiles(
        files.map((file) => textFile(file, lines(201))),
        {},
      ),
    ).toEqual(files.map((file) => sentenceOf(file, 201)));
  });

  it('are counted to the last one, which may have no end', () => {
    expect(textFile('a.ts', `${lines(200)}and one`).lines).toBe(201);
    expect(textFile('a.ts', '').lines).toBe(0);
    expect(textFile('a.ts', 'one\rtwo\r\nthree\n').lines).toBe(3);
  });

  it.each([
    ['a.md', '<!-- x:start -->', '<!-- x:end -->', 4],
    ['a.graphql', '# x:start', '# x:end', 4],
    ['a.md', '<!-- x:start -->', '<!-- y:end -->', 104],
    ['a.md', '# x:start', '# x:end', 104],
    ['a.ts', '<!-- x:start -->', '<!-- x:end -->', 104],
  ])('of %s between %s and %s are the generator’s', (file, start, end, written) => {
    expect(textFile(file, `one\n${start}\n${lines(100)}${end}\nfour\n`).lines).toBe(written);
  });
});

describe('an exception', () => {
  const known = { 'docs/made.md': 'npm run make writes it' };

  it('is free', () => {
    expect(longFiles([textFile('docs/made.md', lines(300))], known)).toEqual([]);
  });

  it('that no file needs any more is refused', () => {
    expect(longFiles([], known)).toEqual([
      'infra/source-lint/long-files.ts has a reason for docs/made.md, which is not there: remove it',
    ]);
  });

  it('names a script that there is', () => {
    const { scripts } = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8'));
    const named = Object.values(exceptions).flatMap((reason) => reason.match(/(?<=npm run )[\w:]+/g) ?? []);

    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

it('the files of this repository are read, of each kind, without binary ones', () => {
  const files = readTextFiles(projectRoot, projectEntries(projectRoot).files);
  const names = files.map(({ file }) => file);

  for (const name of ['LICENSE', 'CONTRIBUTING.md', '.github/workflows/ci.yml', '.ci/run', 'package-lock.json']) {
    expect(names).toContain(name);
  }
  expect(names.filter((name) => name.endsWith('.png'))).toEqual([]);
  expect(longFiles(files)).toEqual([]);
});
