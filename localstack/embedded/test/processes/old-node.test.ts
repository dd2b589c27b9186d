import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../../main.mjs', import.meta.url));

/** The flag that turns it off has another name in each version. */
const readsNone = 'data:text/javascript,Object.defineProperty(process.features, "typescript", { value: false })';

it.each([
  ['the command', [main, '--help']],
  ['its tests', [fileURLToPath(new URL('../../jest.config.mjs', import.meta.url))]],
])('a Node that does not read TypeScript is told by %s which one does', (_, args) => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', readsNone, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });

  expect(stderr).toContain(`22.18 or newer, or 24 and newer. This is ${process.version}.`);
  expect(status).toBe(1);
});
