/** `npm run verify`: its last line is "N passed, N failed", over the tests of all suites. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { installAwsCli } from './aws-cli.ts';
import { installChromium } from './chromium.ts';
import { type FailureReport, reasonsOf } from './failed-tests.ts';
import { runStage, type StageResult } from './run-stage.ts';
import { lanes, type Stage, stages } from './stages.ts';
import { type CountReport, summaryOf } from './summary.ts';

const usage = `npm run verify -- [options] [STAGE…]    runs all that CI runs, or the stages that are named

  --list   names the stages
  --help   this text`;

const config = { allowPositionals: true, options: { list: { type: 'boolean', default: false } } } as const;

await runCommand('verify', usage, config, async ({ values, positionals }) => {
  const unknown = positionals.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new UsageError(`there is no stage ${unknown.join(', ')}: --list names them`);
  if (values.list && positionals.length > 0) throw new UsageError('--list names all stages; it takes none');
  if (values.list) for (const { name, about } of stages) console.log(`${name.padEnd(12)} ${about}`);
  else await verify((stage) => positionals.length === 0 || positionals.includes(stage.name));
});

async function verify(isWanted: (stage: Stage) => boolean): Promise<void> {
  rmSync('.local/reports', { recursive: true, force: true });
  mkdirSync('.local/reports', { recursive: true });
  // Once, before what runs side by side would each do it.
  spawnSync(process.execPath, ['infra/synth-if-stale.ts'], { stdio: 'inherit' });
  const bin = installAwsCli();
  installChromium();
  const environment = bin ? { ...process.env, PATH: `${resolve(bin)}${delimiter}${process.env.PATH}` } : process.env;
  const results: StageResult[] = [];
  const run = async (stage: Stage): Promise<void> => {
    const result = await runStage(stage, environment);
    if (result) results.push(result);
  };
  const runLane = async (lane: readonly Stage[]): Promise<void> => {
    for (const stage of lane) if (isWanted(stage)) await run(stage);
  };
  await Promise.all(lanes.map(runLane));
  const reports = readReports(results);
  const { passed, failed } = summaryOf(results, (file) => reports.get(file));
  if (failed > 0) {
    for (const result of results)
      for (const block of reasonsOf(result, reports.get(result.report ?? ''))) console.log(block);
    console.log(
      `Failed: ${results
        .filter(({ succeeded }) => !succeeded)
        .map(({ name }) => name)
        .join(', ')}`,
    );
    process.exitCode = 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
}

/** Jest's reports by their files; a suite that died has left none. */
function readReports(results: readonly StageResult[]): ReadonlyMap<string, CountReport & FailureReport> {
  const files = results.flatMap(({ report }) => (report !== undefined && existsSync(report) ? [report] : []));
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(file, 'utf8')) as CountReport & FailureReport]));
}
