import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { mends } from './mends/mends.ts';

/** In a process of its own: the simulator replaces the clock and the randomness of its process. */
async function simulate(...options: string[]): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, ['test/simulation/main.ts', ...options], { maxBuffer: 2 ** 26 });
  const { code = 0, stdout } = (await run.catch((error: unknown) => error)) as { code?: number; stdout: string };
  return { code, lines: stdout.trim().split('\n') };
}

/** A start costs a second of processor time, which a busy machine stretches. */
const enoughMs = 300_000;

/** A digest of all that happened in a plan. */
async function traceOf(...options: string[]): Promise<{ digest: string; lines: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  const file = join(folder, 'trace.jsonl');
  await simulate(...options, '--trace', file);
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return { digest: createHash('sha256').update(text).digest('hex'), lines: text.split('\n').length };
}

describe('the simulator', () => {
  it(
    'finds no violation in a slice of every class',
    async () => {
      // A second process costs as much to start as it saves.
      const { code, lines } = await simulate('--all', '--every', '150', '--workers', '1');

      expect(lines.at(-1)).toMatch(/^\d{3,} plans, 0 violations$/);
      expect(code).toBe(0);
    },
    enoughMs,
  );

  it(
    'gives the same trace to the byte for the same seed, and for the same plan',
    async () => {
      const [one, other, another] = await Promise.all([
        traceOf('--seed', '7'),
        traceOf('--seed', '7'),
        traceOf('--seed', '8'),
      ]);

      expect(one.lines).toBeGreaterThan(40);
      expect(other).toEqual(one);
      expect(another).not.toEqual(one);
    },
    enoughMs,
  );
});

describe('what was found by hand and mended', () => {
  it(
    'is not found any more',
    async () => {
      const { lines } = await simulate(...Object.values(mends).flatMap(({ plan }) => ['--plan', plan]));

      expect(lines.at(-1)).toBe(`${Object.keys(mends).length} plans, 0 violations`);
      expect(lines.join()).not.toContain('without effect');
    },
    enoughMs,
  );

  it.each(Object.entries(mends))(
    '%s is found where its mend is taken out',
    async (name, { plan, says }) => {
      const { code, lines } = await simulate('--without', name, '--plan', plan);

      expect(lines.filter((line) => line.startsWith('VIOLATION')).join('\n')).toContain(says);
      expect(code).toBe(1);
    },
    enoughMs,
  );
});
