import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { synthesize } from './support/synthesized.ts';

const { dependencies, devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** Packages that a file takes values from: types are gone before anything is bundled. */
function packagesOf(file: string): string[] {
  const source = readFileSync(join(projectRoot, file), 'utf8');
  return [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.#][^']*)'/gm)].flatMap(([, name = '']) =>
    name.startsWith('node:')
      ? []
      : name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
  );
}

describe('the dependencies', () => {
  it('are all packages that functions are bundled with, so that an audit of production sees each', () => {
    const bundled = new Set(
      ['functions', 'schema']
        .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: projectRoot }))
        .flatMap(packagesOf),
    );

    expect(bundled.size).toBeGreaterThan(8);
    expect([...bundled].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
    expect(Object.keys(dependencies).filter((name) => !bundled.has(name))).toEqual([]);
  });

  it('have the types of the Node version that functions run on, so that nothing newer compiles', () => {
    const functions = Object.values(synthesize({}).resources('aws_lambda_function'));
    const runtimes = new Set(functions.map(({ runtime }) => runtime));
    const [, major] = /^\^(\d+)\./.exec(devDependencies['@types/node'] ?? '') ?? [];

    expect([...runtimes]).toEqual([`nodejs${major}.x`]);
  });
});
