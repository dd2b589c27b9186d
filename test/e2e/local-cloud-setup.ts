import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe } from '@jest/globals';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { printedBy } from '#test/support/printed.ts';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

export const scratch = mkdtempSync(join(tmpdir(), 'local-cloud-'));

afterAll(() => rmSync(scratch, { recursive: true }));

/** Starts the local cloud; `output` waits for what it prints. */
export function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['localstack/embedded/main.mjs', ...args], {
    cwd: projectRoot,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', ...environment },
  });
  const { text: printed, waitFor: output } = printedBy(child);
  return { child, output, printed };
}

/** Runs the local cloud to its end. */
export async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const { child, printed } = start(args, environment);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, output: printed() };
}

const reason = limitation('local process');

export const suite = reason === undefined ? describe : describe.skip;

export const skipped = reason === undefined ? '' : ` [skipped: ${reason}]`;
