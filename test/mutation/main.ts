/** `npm run mutation`: mutants of the domain modules, room by room. The figures are kept in score.json, from which docs/mutation.md is written. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { refuseUnread } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { forgetSurvivors } from './incremental.ts';
import { kindScores, problemsOf } from './judge.ts';
import { pageFile, pageOf } from './page.ts';
import { scoreOf } from './report.ts';
import { leastPerCent, type Room, rooms } from './rooms.ts';
import { type RoomScore, readScore, scoreFile } from './score.ts';

/** Not among the dev dependencies: 100 packages that only this command needs. The two have to be of one version. */
const version = '10.0.0';
const packages = ['core', 'jest-runner'].map((name) => `--package=@stryker-mutator/${name}@${version}`);
const reportFile = '.local/mutation/report.json';

const usage = `npm run mutation -- [options]    changes the domain modules in every small way and runs their unit tests: what no test notices survives

  --room TEXT    rooms whose name has it; the figures of the others stay as they are
  --changed      only mutants whose code or tests have changed since this machine's last run
  --page         runs nothing, and writes docs/mutation.md from the recorded figures
  --help         this text

Exit code 1 where fewer than ${leastPerCent.saga} % of the saga's mutants or ${leastPerCent.domain} % of the others are killed, or a survivor has no reason in survivors.ts.

${rooms.map(({ name, kind, mutate }) => `  ${name} (${kind}): ${mutate.join(' ')}`).join('\n')}`;

const config = {
  options: {
    room: { type: 'string' },
    changed: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
} as const;

function mutate({ name, mutate, tests }: Room, onlyChanged: boolean): RoomScore {
  const keptFile = `.local/mutation/${name.replaceAll(' ', '-')}.json`;
  if (onlyChanged) forgetSurvivors(keptFile);
  const env = {
    ...process.env,
    FAST_CHECK_SEED: '1',
    KEPT_FILE: keptFile,
    MUTATE: mutate.join(),
    TESTS: tests.join(';'),
    ONLY_CHANGED: onlyChanged ? 'yes' : 'no',
  };
  const command = ['exec', '--yes', ...packages, '--', 'stryker', 'run', 'test/mutation/stryker.config.mjs'];
  const { status } = spawnSync('npm', command, { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`Stryker ended with ${status} in the room "${name}"`);
  return scoreOf(name, JSON.parse(readFileSync(reportFile, 'utf8')));
}

await runCommand('mutation', usage, config, ({ values }) => {
  if (values.page) refuseUnread(values, '--page', ['page']);
  if (values.room === '') throw new UsageError('--room must be part of a room\'s name, not ""');
  const wanted = values.page ? [] : rooms.filter(({ name }) => name.includes(values.room ?? ''));
  if (wanted.length === 0 && !values.page) throw new UsageError(`--room: no room's name has "${values.room}"`);
  mkdirSync('.local/mutation', { recursive: true });
  let score = readScore();
  for (const room of wanted) {
    const scored = mutate(room, values.changed);
    score = rooms.flatMap(({ name }) => (name === room.name ? scored : (score.find((one) => one.name === name) ?? [])));
    writeFileSync(scoreFile, `${JSON.stringify(score, null, 2)}\n`);
    writeFileSync(pageFile, pageOf(score));
  }
  if (values.page) writeFileSync(pageFile, pageOf(score));
  for (const { kind, mutants, killed } of kindScores(score)) {
    console.log(
      `${kind}: ${mutants} mutants, ${killed} killed: ${((100 * killed) / Math.max(mutants, 1)).toFixed(1)} %`,
    );
  }
  const problems = problemsOf(score);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
});
