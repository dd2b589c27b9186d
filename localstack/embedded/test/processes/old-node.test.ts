import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../../main.mjs', import.meta.url));

/** The flag that turns it off has another name in each version. */
const readsNone = 'data:text/javascript,Object.defineProperty(process.features, "typescript", { value: false })';

it('a Node that does not read TypeScript is told which one does', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', readsNone, main, '--help'], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });

  expect(stderr).toContain(`22.18 or newer, or 24 and newer. This is ${process.version}.`);
  expect(status).toBe(1);
});
