import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isFullLoad } from '#test/support/load.ts';
import { type Copy, copyOfProject } from './add-a-leg/walk.ts';

let copy: Copy;

beforeAll(() => {
  copy = copyOfProject();
});

afterAll(() => copy?.remove());

it('builds of one project that begin at once do not break each other', async () => {
  // Two by default; with LOAD=full a third one finds two that wait for it, and take the lock over from one another.
  const scripts = isFullLoad ? ['synth', 'build', 'synth'] : ['synth', 'build'];
  const runs = await Promise.all(scripts.map((script) => copy.run(script)));

  const said = { synth: 'Synthesized stage local', build: 'Built ' } as const;
  expect(runs).toEqual(
    scripts.map((script) => ({ code: 0, output: expect.stringContaining(said[script as keyof typeof said]) })),
  );
  expect(existsSync(join(copy.root, 'dist/functions/faults/health/health.zip'))).toBe(true);
  expect(existsSync(join(copy.root, '.local/build.lock'))).toBe(false);
}, 180_000);
