import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Copy, copyOfProject } from './add-a-leg/walk.ts';

let copy: Copy;

beforeAll(() => {
  copy = copyOfProject();
});

afterAll(() => copy?.remove());

it('builds of one project that begin at once do not break each other', async () => {
  const runs = await Promise.all(['synth', 'build', 'synth'].map((script) => copy.run(script)));

  expect(runs).toEqual([
    { code: 0, output: expect.stringContaining('Synthesized stage local') },
    { code: 0, output: expect.stringContaining('Built ') },
    { code: 0, output: expect.stringContaining('Synthesized stage local') },
  ]);
  expect(existsSync(join(copy.root, 'dist/functions/faults/health/health.zip'))).toBe(true);
  expect(existsSync(join(copy.root, '.local/build.lock'))).toBe(false);
}, 180_000);
