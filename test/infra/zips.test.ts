import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { weigh } from '#infra/bundling/budget.ts';
import type { Bundle } from '#infra/bundling/bundle.ts';
import { zipOf } from '#infra/bundling/zip.ts';
import { builtBundles } from './support/built-bundles.ts';

const faulty: readonly Bundle[] = builtBundles();

describe('zips', () => {
  it('hold the file that the handler names and what it imports', () => {
    const files = faulty.find(({ definition }) => definition.name === 'health')?.files ?? {};
    const paths = Object.keys(files);

    expect(unzipSync(zipOf(files))).toEqual(files);
    expect(paths).toContain('index.mjs');
    for (const [path, file] of Object.entries(files)) {
      const imports = Buffer.from(file)
        .toString()
        .matchAll(/(?:from|import) ?"(\.[^"]*)"/g);
      for (const [, imported = ''] of imports) expect(paths).toContain(join(dirname(path), imported));
    }
  });

  it('carry libraries in vendor files that are equal in each zip that has them', () => {
    const known = new Map<string, string>();
    for (const { definition, files } of faulty) {
      for (const [path, file] of Object.entries(files).filter(([name]) => name.startsWith('vendor/'))) {
        const text = Buffer.from(file).toString();
        expect({ function: definition.name, path, equal: (known.get(path) ?? text) === text }).toEqual({
          function: definition.name,
          path,
          equal: true,
        });
        known.set(path, text);
      }
    }
    const own = faulty.map(({ files }) => files['index.mjs']?.byteLength ?? 0);
    // None of the SDK, whose smallest client has ten times as much.
    expect(Math.max(...own)).toBeLessThan(100_000);
    expect([...known.keys()].some((path) => path.includes('client-dynamodb'))).toBe(true);
  });

  it('are the same in every time zone', () => {
    const zoneBefore = process.env.TZ;
    const zipIn = (zone: string): string => {
      process.env.TZ = zone;
      return Buffer.from(zipOf({ 'index.mjs': Buffer.from('x') })).toString('hex');
    };
    try {
      expect(zipIn('Pacific/Kiritimati')).toBe(zipIn('Pacific/Pago_Pago'));
    } finally {
      if (zoneBefore === undefined) delete process.env.TZ;
      else process.env.TZ = zoneBefore;
    }
  });
});

describe('weigh', () => {
  it('names what exceeds the budget of its role', () => {
    const { report, tooHeavy } = weigh([
      { name: 'light-step', role: 'step', gzippedBytes: 130_000 },
      { name: 'heavy-step', role: 'step', gzippedBytes: 130_001 },
      { name: 'api', role: 'api', gzippedBytes: 130_001 },
    ]);

    expect(tooHeavy).toEqual(['heavy-step']);
    expect(report.split('\n').filter((line) => line.includes('TOO HEAVY'))).toHaveLength(1);
  });
});
