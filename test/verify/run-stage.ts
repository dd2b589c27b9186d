import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Stage } from './stages.ts';

/** A stage that hangs is ended, and has failed. More than all of them take together. */
const limitMilliseconds = 40 * 60_000;
const graceMilliseconds = 60_000;

/**
 * Terraform and its providers, which are programs in Go, collect their garbage when they have grown to four times of what is in use, in place of
 * two: a plan takes a quarter less processor time (14.5 → 11 s), and more memory than a laptop may have to spare.
 */
const terraformCollects = { GOGC: '300' };

export interface StageResult {
  readonly name: string;
  readonly succeeded: boolean;
  /** Whether it should have left a report of its tests. */
  readonly report: string | undefined;
  /** The end of what it printed, which says why it failed where no report of its tests does. */
  readonly lastLines: readonly string[];
}

const keptLines = 60;

const isThere = (need: string): boolean =>
  need.includes('/') ? existsSync(need) : spawnSync(need, ['--version']).error === undefined;

const reportOf = (name: string): string => `.local/reports/${name}.json`;

/** Runs one stage, each line of it under its name. Undefined where something that it needs is not here. */
export async function runStage(stage: Stage, environment: NodeJS.ProcessEnv): Promise<StageResult | undefined> {
  const { name, script, needs = [], reportOption } = stage;
  const missing = needs.filter((need) => !isThere(need));
  if (missing.length > 0) {
    console.log(`== ${name} SKIPPED: ${missing.join(' and ')} not found`);
    return undefined;
  }
  console.log(`== ${name}: ${stage.about}`);
  const began = performance.now();
  const report = reportOption === undefined ? undefined : reportOf(name);
  const json = reportOption === '--outputFile' ? ['--json'] : [];
  const command = ['npm', 'run', ...script, ...json, ...(report ? [reportOption ?? '', report] : [])];
  const [first = '', ...rest] = stage.niceness ? ['nice', '-n', `${stage.niceness}`, ...command] : command;
  const child = spawn(first, rest, {
    env: { ...terraformCollects, ...environment, ...stage.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group, so that what npm started is ended with it.
    detached: true,
  });
  const lastLines: string[] = [];
  const succeeded = await ended(child, name, (line) => {
    console.log(`[${name}] ${line}`);
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
  });
  console.log(
    `== ${name} ${succeeded ? 'passed' : 'FAILED'}, took ${Math.round((performance.now() - began) / 1000)} s`,
  );
  return { name, succeeded, report, lastLines };
}

function ended(child: ChildProcess, name: string, tell: (line: string) => void): Promise<boolean> {
  for (const input of [child.stdout, child.stderr]) {
    if (input) createInterface({ input }).on('line', tell);
  }
  const end = (signal: NodeJS.Signals) => () => {
    console.log(`== ${name} is ended: it took too long`);
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  };
  const timers = [
    setTimeout(end('SIGTERM'), limitMilliseconds),
    setTimeout(end('SIGKILL'), limitMilliseconds + graceMilliseconds),
  ];
  // `exit`, not `close`: an emulator that was left running may hold the pipes.
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  }).finally(() => timers.forEach(clearTimeout)) as Promise<boolean>;
}
