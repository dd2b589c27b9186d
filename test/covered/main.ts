/** `npm run coverage` */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommand } from '#infra/operations/run-command.ts';
import { projectRoot } from '#infra/paths.ts';
import { before } from './before.ts';
import { coverageOfChildren } from './children.ts';
import { type Count, type FileCoverage, sum, united } from './united.ts';

const usage = `npm run coverage    what the tests below the end-to-end ones run of functions/ and infra/; fails where it is less than it was

  --help   this text`;

const folder = join(projectRoot, '.local/coverage');
const children = join(folder, 'children');
const rungs = '{unit,machine,contract,infra,processes}';

await runCommand('coverage', usage, {}, async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(children, { recursive: true });
  runTests();
  const own: Readonly<Record<string, FileCoverage>> = JSON.parse(
    readFileSync(join(folder, 'coverage-final.json'), 'utf8'),
  );
  const others = await coverageOfChildren(children, projectRoot);
  const counts = Object.entries(own).map(([path, coverage]) => {
    const file = relative(projectRoot, path);
    return { file, ...united(coverage, others.get(file)) };
  });
  for (const [top, was] of Object.entries(before.folders)) {
    const ofFolder = counts.filter(({ file }) => file.startsWith(`${top}/`));
    for (const what of ['lines', 'branches'] as const) {
      const percent = percentOf(sum(ofFolder.map((each) => each[what])));
      const isLess = percent < was[what];
      console.log(
        `${top}: ${percent} % of ${what}, ${was[what]} % at ${before.commit}${isLess ? ': that is less' : ''}`,
      );
      if (isLess) process.exitCode = 1;
    }
  }
});

/** @throws Error where a test fails */
function runTests(): void {
  const options = [
    ...['--coverage', '--coverageProvider=v8', `--coverageDirectory=${folder}`, '--coverageReporters=json'],
    ...['functions', 'infra'].map((top) => `--collectCoverageFrom=${top}/**/*.ts`),
    ...['--reporters', 'summary'],
  ];
  const { status } = spawnSync(process.execPath, ['test/support/jest/main.mjs', rungs, ...options], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, COVERAGE_OF_CHILDREN: children },
  });
  if (status !== 0) throw new Error('tests fail: their coverage says nothing');
}

function percentOf({ covered, total }: Count): number {
  return Math.round((covered / total) * 1000) / 10;
}
