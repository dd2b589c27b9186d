import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const packageFolder = 'localstack/embedded';
const publicNames = ['#embedded/index.ts', '#embedded/testing.ts'];
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.mjs'], { encoding: 'utf8' })
  .trim()
  .split('\n');
const inPackage = files.filter((file) => file.startsWith(`${packageFolder}/`));
const outside = files.filter((file) => !file.startsWith(`${packageFolder}/`));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from |import\(|^import )'([^'\\]+)'/gm)].map(([, name]) => String(name));

/** Of the project's root, where the import is relative. */
const targetOf = (file: string, name: string): string => relative('.', join(file, '..', name));

describe('the local cloud as a package', () => {
  it('is imported by its public names only', () => {
    const others = outside.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('#embedded/') && !publicNames.includes(name))
        .concat(
          importsOf(file).filter((name) => name.startsWith('.') && targetOf(file, name).startsWith(packageFolder)),
        )
        .map((name) => `${file}: ${name}`),
    );

    expect(others).toEqual([]);
    expect(outside.flatMap(importsOf)).toEqual(expect.arrayContaining(publicNames));
  });

  it('imports nothing of the project around it, and no dependency that it does not name', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${packageFolder}/package.json`, 'utf8'));
    const named = (file: string) =>
      Object.keys(file.startsWith(`${packageFolder}/test/`) ? { ...dependencies, ...devDependencies } : dependencies);
    const isOwn = (file: string, name: string): boolean =>
      name.startsWith('.')
        ? targetOf(file, name).startsWith(`${packageFolder}/`)
        : name.startsWith('#embedded/') ||
          name.startsWith('node:') ||
          builtinModules.includes(name) ||
          named(file).some((dependency) => name === dependency || name.startsWith(`${dependency}/`));
    const foreign = inPackage.flatMap((file) =>
      importsOf(file)
        .filter((name) => !isOwn(file, name))
        .map((name) => `${file}: ${name}`),
    );

    expect(foreign).toEqual([]);
  });

  it('knows no word of this service', () => {
    const words = /\b(booking\w*|holiday|hotel|rental|saga|redrive-1|graphiql|npm (run|start|ci)|loyalty)\b/i;
    const saying = inPackage
      .filter((file) => !file.startsWith(`${packageFolder}/test/`))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, index) => (words.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
      );

    expect(saying).toEqual([]);
  });
});
