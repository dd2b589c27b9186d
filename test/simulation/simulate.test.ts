import { describe, expect, it } from '@jest/globals';
import { isFullLoad } from '#test/support/load.ts';
import { consistentReads } from './mends/consistent-reads.ts';
import { mends } from './mends/mends.ts';
import { codeDrifts, rulesShown } from './refinement/drifts.ts';
import { asked, enoughMs, simulate, simulatePatched, violationsOf } from './simulate.ts';

describe('the simulator', () => {
  it(
    'finds no violation in a slice of every class',
    async () => {
      // A second process costs as much to start as it saves.
      const { code, lines } = await simulate(['--all', '--every', isFullLoad ? '150' : '200', '--workers', '1']);

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
      const { lines } = await simulatePatched(codeDrifts.patches, asked(codeDrifts.plans));

      const drifts = lines.filter((line) => line.startsWith('VIOLATION The model does not explain step'));
      expect(drifts.map((line) => line.slice(line.indexOf(':') + 2))).toEqual(codeDrifts.seen);
    },
    enoughMs,
  );
});

describe('reads that have to be consistent', () => {
  const reads = Object.values(consistentReads);
  const plans = reads.map(({ plan }) => plan);

  it(
    'are found where they are not, each by what it lets happen',
    async () => {
      const patches = reads.flatMap((read) => read.patches);
      const [{ lines }, sliced] = await Promise.all([
        simulatePatched(patches, asked(plans)),
        simulatePatched(patches, ['--class', 'former', '--every', isFullLoad ? '30' : '60', '--workers', '1']),
      ]);

      expect(sliced.lines.at(-1)).toMatch(/^\d+ plans, [1-9]\d* violations?$/);
      expect(violationsOf(lines, plans)).toEqual(reads.map(({ says }) => expect.stringContaining(says)));
      expect(lines.at(-1)).toBe(`${reads.length} plans, ${reads.length} violations`);
    },
    enoughMs,
  );

  it(
    'show no former state: a plan that asks for one is refused',
    async () => {
      const { code } = await simulate(asked(plans));

      expect(code).toBe(2);
    },
    enoughMs,
  );
});

describe('what was found by hand and mended', () => {
  const found = Object.values(mends);
  const plans = found.map(({ plan }) => plan);

  it(
    'is not found any more',
    async () => {
      const { lines } = await simulate(asked(plans));

      expect(lines.at(-1)).toBe(`${plans.length} plans, 0 violations`);
      expect(lines.join()).not.toContain('without effect');
    },
    enoughMs,
  );

  it(
    'is found where the mends are taken out, each by its own plan',
    async () => {
      const { code, lines } = await simulatePatched(
        found.flatMap(({ patches }) => patches),
        asked(plans),
      );

      expect(violationsOf(lines, plans)).toEqual(found.map(({ says }) => expect.stringContaining(says)));
      expect(code).toBe(1);
    },
    enoughMs,
  );

  /** With `LOAD=full`, as CI runs it: that no mend hides behind another one that is out. */
  (isFullLoad ? it : it.skip).each(Object.entries(mends))(
    '%s is found where its mend alone is taken out',
    async (name, { plan, says }) => {
      const { code, lines } = await simulate(['--without', name, ...asked([plan])]);

      expect(violationsOf(lines, [plan])).toEqual([expect.stringContaining(says)]);
      expect(code).toBe(1);
    },
    enoughMs,
  );
});
