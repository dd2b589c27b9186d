import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('holds what runs, and no test', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--offline'], { cwd: root, encoding: 'utf8' });
  const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);

  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      'package.json',
      'index.ts',
      'testing.ts',
      'main.mjs',
      'refuse-old-node.mjs',
      'lambda/worker/main.ts',
    ]),
  );
  expect(
    paths.filter(
      (path) => !/\.(ts|mjs)$|^(README\.md|library\.md|package\.json)$/.test(path) || /^test\/|jest/.test(path),
    ),
  ).toEqual([]);
});
