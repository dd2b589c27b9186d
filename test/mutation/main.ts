/** `npm run mutation`: mutants of the domain modules, room by room. The figures are kept in score.json, from which docs/mutation.md is written. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { pageOf, scoreOf } from './report.ts';
import { type Room, rooms } from './rooms.ts';
import type { RoomScore, Score } from './score.ts';

/** Not among the dev dependencies: 100 packages that only this command needs. The two have to be of one version. */
const version = '10.0.0';
const packages = ['core', 'jest-runner'].map((name) => `--package=@stryker-mutator/${name}@${version}`);
const scoreFile = 'test/mutation/score.json';
const reportFile = '.local/mutation/report.json';

const usage = `npm run mutation -- [options]    changes the domain modules in every small way and runs their unit tests: what no test notices survives

  --room TEXT    rooms whose name has it; the figures of the others stay as they are
  --least N      per cent that have to be killed in all (85)
  --help         this text

${rooms.map(({ name, mutate }) => `  ${name}: ${mutate.join(' ')}`).join('\n')}`;

const config = {
  options: { room: { type: 'string', default: '' }, least: { type: 'string', default: '85' } },
} as const;

function mutate({ name, mutate, tests }: Room): RoomScore {
  const env = { ...process.env, MUTATE: mutate.join(), TESTS: tests.join(';') };
  const command = ['exec', '--yes', ...packages, '--', 'stryker', 'run', 'test/mutation/stryker.config.mjs'];
  const { status } = spawnSync('npm', command, { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`Stryker ended with ${status} in the room "${name}"`);
  return scoreOf(name, JSON.parse(readFileSync(reportFile, 'utf8')));
}

await runCommand('mutation', usage, config, ({ values }) => {
  const wanted = rooms.filter(({ name }) => name.includes(values.room));
  if (wanted.length === 0) throw new UsageError(`--room: no room's name has "${values.room}"`);
  mkdirSync('.local/mutation', { recursive: true });
  let score = JSON.parse(readFileSync(scoreFile, 'utf8')) as Score;
  for (const room of wanted) {
    const scored = mutate(room);
    score = rooms.flatMap(({ name }) => (name === room.name ? scored : (score.find((one) => one.name === name) ?? [])));
    writeFileSync(scoreFile, `${JSON.stringify(score, null, 2)}\n`);
    writeFileSync('docs/mutation.md', pageOf(score));
  }
  const [killed, all] = [
    score.reduce((sum, one) => sum + one.killed, 0),
    score.reduce((sum, one) => sum + one.mutants, 0),
  ];
  const share = (100 * killed) / all;
  console.log(`${all} mutants, ${killed} killed: ${share.toFixed(1)} %`);
  process.exitCode = share < Number(values.least) ? 1 : 0;
});
