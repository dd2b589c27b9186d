import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe } from '@jest/globals';
import { limitation } from '#test/support/e2e/capabilities.ts';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

export const scratch = mkdtempSync(join(tmpdir(), 'local-cloud-'));

afterAll(() => rmSync(scratch, { recursive: true }));

/** Starts the local cloud; `output` waits for what it prints. */
export function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['localstack/embedded/main.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', ...environment },
  });
  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const output = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(printed);
        if (found !== null) resolve(found);
      };
      listeners.add(look);
      child.once('exit', () => reject(new Error(`The local cloud ended:\n${printed}`)));
      look();
    });
  return { child, output, printed: () => printed };
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
