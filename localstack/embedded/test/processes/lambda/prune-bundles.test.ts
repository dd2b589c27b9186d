import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hold, pruneBundles } from '#embedded/lambda/prune-bundles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prune-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nameOf = (digit: string): string => digit.repeat(32);

/** A bundle that was used so many hours ago. */
function aBundle(digit: string, hours: number, vendor?: string): string {
  const name = nameOf(digit);
  mkdirSync(join(folder, name, 'task/vendor'), { recursive: true });
  writeFileSync(join(folder, name, 'task/index.mjs'), '');
  if (vendor !== undefined) {
    mkdirSync(join(folder, 'vendor'), { recursive: true });
    aged(join('vendor', vendor), hours);
    symlinkSync(join('../../../vendor', vendor), join(folder, name, 'task/vendor', vendor));
  }
  const at = Date.now() / 1000 - hours * 3_600;
  utimesSync(join(folder, name), at, at);
  return name;
}

function aged(file: string, hours: number): void {
  writeFileSync(join(folder, file), '');
  const at = Date.now() / 1000 - hours * 3_600;
  utimesSync(join(folder, file), at, at);
}

const left = (): string[] => readdirSync(folder).filter((name) => /^[0-9a-f]{32}/.test(name));

describe('bundles of former runs', () => {
  it('go but for the newest', async () => {
    aBundle('a', 3);
    mkdirSync(join(folder, `${nameOf('d')}.pruned`));
    utimesSync(join(folder, `${nameOf('d')}.pruned`), 0, 0);
    const newer = aBundle('b', 1);
    const newest = aBundle('c', 0.5);

    await pruneBundles(folder, { kept: 2 });

    expect(left()).toEqual([newer, newest]);
  });

  it('stay while they are young', async () => {
    const young = aBundle('a', 0.1);

    await pruneBundles(folder, { kept: 0 });

    expect(left()).toEqual([young]);
  });

  it('stay while a process uses them, and go with it', async () => {
    const mine = aBundle('a', 3);
    await hold(folder, mine);
    utimesSync(join(folder, mine), 0, 0);
    const theirs = aBundle('b', 3);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(other, 'spawn');
    writeFileSync(join(folder, 'in-use', String(other.pid)), `${theirs}\n`);

    await pruneBundles(folder, { kept: 0 });
    expect(left()).toEqual([mine, theirs]);

    other.kill();
    await once(other, 'exit');
    await pruneBundles(folder, { kept: 0 });
    expect(left()).toEqual([mine]);
    expect(readdirSync(join(folder, 'in-use'))).toEqual([String(process.pid)]);
  });

  it('are as good as new once they are used', async () => {
    const used = aBundle('a', 3);
    aBundle('b', 1);
    await hold(folder, used);
    rmSync(join(folder, 'in-use'), { recursive: true });

    await pruneBundles(folder, { kept: 1 });

    expect(left()).toEqual([used]);
  });

  it('take the files of libraries with them that no other bundle links, and old compiled code', async () => {
    aBundle('a', 3, 'sdk-AAAAAAAA.mjs');
    aBundle('b', 1, 'zod-BBBBBBBB.mjs');
    mkdirSync(join(folder, 'compiled/v24'), { recursive: true });
    aged('compiled/v24/old', 24 * 8);
    aged('compiled/v24/new', 1);

    await pruneBundles(folder, { kept: 1 });

    expect(readdirSync(join(folder, 'vendor'))).toEqual(['zod-BBBBBBBB.mjs']);
    expect(readdirSync(join(folder, 'compiled/v24'))).toEqual(['new']);
  });

  it('may be none', async () => {
    await pruneBundles(join(folder, 'nowhere'));

    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});
