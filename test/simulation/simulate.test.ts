import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** In a process of its own: the simulator replaces the clock and the randomness of its process. */
async function simulate(...options: string[]): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, ['test/simulation/main.ts', ...options]);
  const { code = 0, stdout } = (await run.catch((error: unknown) => error)) as { code?: number; stdout: string };
  return { code, lines: stdout.trim().split('\n') };
}

describe('the simulator', () => {
  it('finds no violation in a slice of every class', async () => {
    const { code, lines } = await simulate('--all', '--every', '5');

    expect(lines.at(-1)).toMatch(/^\d+ plans, 0 violations$/);
    expect(code).toBe(0);
  });
});
