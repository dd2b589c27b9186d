/** For tests of the simulator: runs it, and reads what it says. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Patch } from './mends/patch.ts';

/** In a process of its own: the simulator replaces the clock and the randomness of its process. */
export async function simulate(options: string[], env = process.env): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, ['test/simulation/main.ts', ...options], {
    env,
    maxBuffer: 2 ** 26,
  });
  const { code = 0, stdout } = (await run.catch((error: unknown) => error)) as { code?: number; stdout: string };
  return { code, lines: stdout.trim().split('\n') };
}

/** Takes sources back to what these patches make of them, and runs plans one after the other. */
export async function simulatePatched(patches: readonly Patch[], options: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'patched-'));
  const file = join(folder, 'patches.json');
  await writeFile(file, JSON.stringify(patches));
  const ran = await simulate(['--patch', file, ...options]);
  await rm(folder, { recursive: true });
  return ran;
}

export const asked = (plans: readonly string[]): string[] => plans.flatMap((plan) => ['--plan', plan]);

/** The violations that are told below each plan's own line. */
export function violationsOf(lines: readonly string[], plans: readonly string[]): string[] {
  const found = plans.map(() => '');
  let at = -1;
  for (const line of lines) {
    if (line === plans[at + 1]) at += 1;
    else if (line.startsWith('VIOLATION')) found[at] += `${line}\n`;
  }
  return found;
}

/** A start costs a second of processor time, which a busy machine stretches. */
export const enoughMs = 300_000;
