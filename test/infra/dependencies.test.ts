import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';

const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
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
  });
});
