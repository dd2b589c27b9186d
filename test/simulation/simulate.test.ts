import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { consistentReads } from './mends/consistent-reads.ts';
import { mends } from './mends/mends.ts';
import { codeDrifts, rulesShown } from './refinement/drifts.ts';

/** In a process of its own: the simulator replaces the clock and the randomness of its process. */
async function simulate(options: string[], env = process.env): Promise<{ code: number; lines: string[] }> {
  const run = promisify(execFile)(process.execPath, ['test/simulation/main.ts', ...options], {
    env,
    maxBuffer: 2 ** 26,
  });
  const { code = 0, stdout } = (await run.catch((error: unknown) => error)) as { code?: number; stdout: string };
  return { code, lines: stdout.trim().split('\n') };
}

/** A start costs a second of processor time, which a busy machine stretches. */
const enoughMs = 300_000;

describe('the simulator', () => {
  it(
    'finds no violation in a slice of every class',
    async () => {
      // A second process costs as much to start as it saves.
      const { code, lines } = await simulate(['--all', '--every', '150', '--workers', '1']);

      expect(lines.at(-1)).toMatch(/^\d{3,} plans, 0 violations$/);
      expect(code).toBe(0);
    },
    enoughMs,
  );

  it(
    'gives the same traces to the byte on every machine, in whatever order its plans are run',
    async () => {
      const elsewhere = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/nowhere' };
      const [here, there] = await Promise.all([
        simulate(['--traces']),
        simulate(['--traces', '--reversed'], { ...process.env, ...elsewhere }),
      ]);

      expect(here.lines).toEqual([expect.stringMatching(/^\d\d traces, 0 changed$/)]);
      expect(there).toEqual(here);
    },
    enoughMs,
  );
});

it(
  'docs/faults.md is what the recorded figures and the simulator say',
  async () => {
    expect(await simulate(['--page', '--check'])).toEqual({ code: 0, lines: [''] });
  },
  enoughMs,
);

describe('the model that follows it', () => {
  it(
    'does not explain what the service does once a rule is taken out of the model',
    async () => {
      const { code, lines } = await simulate(['--drifts']);

      expect(lines).toEqual([`${Object.keys(rulesShown).length} rules taken out of the model, 0 unnoticed`]);
      expect(code).toBe(0);
    },
    enoughMs,
  );

  it(
    'does not explain what the service does once a write or a condition of it is another',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'drift-'));
      const file = join(folder, 'patches.json');
      await writeFile(file, JSON.stringify(codeDrifts.patches));
      const { lines } = await simulate(['--patch', file, ...codeDrifts.plans.flatMap((plan) => ['--plan', plan])]);
      await rm(folder, { recursive: true });

      const drifts = lines.filter((line) => line.startsWith('VIOLATION The model does not explain step'));
      expect(drifts.map((line) => line.slice(line.indexOf(':') + 2))).toEqual(codeDrifts.seen);
    },
    enoughMs,
  );
});

describe('reads that have to be consistent', () => {
  const reads = Object.values(consistentReads);
  const planned = reads.flatMap(({ plan }) => ['--plan', plan]);

  it(
    'are found where they are not, each by what it lets happen',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'reads-'));
      const file = join(folder, 'patches.json');
      await writeFile(file, JSON.stringify(reads.flatMap(({ patches }) => patches)));
      const [{ lines }, sliced] = await Promise.all([
        simulate(['--patch', file, ...planned]),
        simulate(['--patch', file, '--class', 'former', '--every', '30', '--workers', '1']),
      ]);
      await rm(folder, { recursive: true });

      expect(sliced.lines.at(-1)).toMatch(/^\d+ plans, [1-9]\d* violations?$/);
      for (const { plan, says } of reads) {
        const after = lines.slice(lines.indexOf(plan) + 1);
        const next = after.findIndex((line) => planned.includes(line));
        const own = after.slice(0, next < 0 ? after.length : next).filter((line) => line.startsWith('VIOLATION'));
        expect(own.join('\n')).toContain(says);
      }
      expect(lines.at(-1)).toBe(`${reads.length} plans, ${reads.length} violations`);
    },
    enoughMs,
  );

  it(
    'show no former state: a plan that asks for one is refused',
    async () => {
      const { code } = await simulate(planned);

      expect(code).toBe(2);
    },
    enoughMs,
  );
});

describe('what was found by hand and mended', () => {
  it(
    'is not found any more',
    async () => {
      const { lines } = await simulate(Object.values(mends).flatMap(({ plan }) => ['--plan', plan]));

      expect(lines.at(-1)).toBe(`${Object.keys(mends).length} plans, 0 violations`);
      expect(lines.join()).not.toContain('without effect');
    },
    enoughMs,
  );

  it.each(Object.entries(mends))(
    '%s is found where its mend is taken out',
    async (name, { plan, says }) => {
      const { code, lines } = await simulate(['--without', name, '--plan', plan]);

      expect(lines.filter((line) => line.startsWith('VIOLATION')).join('\n')).toContain(says);
      expect(code).toBe(1);
    },
    enoughMs,
  );
});
