import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

it('a copy without its packages says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  try {
    for (const file of ['main.mjs', 'refuse-old-node.mjs', 'refuse-missing-packages.mjs', 'package.json']) {
      copyFileSync(join(dirname(main), file), join(folder, file));
    }
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'main.mjs'), '--help'], {
      env: { ...process.env, NODE_OPTIONS: '' },
      encoding: 'utf8',
    });

    expect(stderr).toBe(
      `\nlocal-cloud needs packages that are not installed: asl-validator, croner, fflate, jose.\nRun npm install in ${folder}/\n`,
    );
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
