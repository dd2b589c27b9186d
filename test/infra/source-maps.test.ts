import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { pruneSourceMaps } from '#infra/bundling/source-maps.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'booking-maps-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('keeps the maps of all variants’ bundles, and takes away those of bundles that are gone', () => {
  const mapOf = (bundle: string) => `${createHash('sha256').update(bundle).digest('hex')}.map`;
  const maps = join(root, 'maps');
  mkdirSync(maps);
  for (const bundle of ['of faults', 'with Stripe', 'gone']) writeFileSync(join(maps, mapOf(bundle)), '{}');
  for (const [variant, bundle] of Object.entries({ faults: 'of faults', 'no-faults-stripe': 'with Stripe' })) {
    mkdirSync(join(root, 'bundles', variant, 'pay'), { recursive: true });
    writeFileSync(join(root, 'bundles', variant, 'pay', 'index.mjs'), bundle);
  }

  pruneSourceMaps(join(root, 'bundles'), maps);
  expect(readdirSync(maps).sort()).toEqual([mapOf('of faults'), mapOf('with Stripe')].sort());
});

it('is content where nothing was built yet', () => {
  expect(() => pruneSourceMaps(join(root, 'bundles'), join(root, 'maps'))).not.toThrow();
});
