import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withBuildLock } from '#infra/build-lock.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-lock-'));
  lock = join(folder, 'build.lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

const deadProcess = (): string => spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout;

const makeOld = (path: string): void => utimesSync(path, 1_700_000_000, 1_700_000_000);

describe('the build lock', () => {
  it('lets one build begin only after the other', async () => {
    const order: string[] = [];
    const build = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
    };

    await Promise.all([withBuildLock(build('one'), { folder }), withBuildLock(build('other'), { folder })]);

    expect(order).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is given back by a build that fails', async () => {
    await expect(withBuildLock(() => Promise.reject(new Error('no bundle')), { folder })).rejects.toThrow('no bundle');

    expect(existsSync(lock)).toBe(false);
  });

  it.each([
    ['a process that has died', deadProcess],
    ['a process of the same id that has died', () => String(process.pid)],
  ])('is taken over from %s', async (_, holder) => {
    writeFileSync(lock, holder());

    expect(await withBuildLock(async () => 'built', { folder })).toBe('built');
  });

  it.each(['', '0', '-1', 'text'])(
    'is taken over from a file with %j, which names no process, once it is old',
    async (text) => {
      writeFileSync(lock, text);
      const soon = withBuildLock(async () => 'built', { folder, patienceMs: 0 });
      await expect(soon).rejects.toThrow(/build\.lock .* names no process: delete it/);

      makeOld(lock);
      expect(await withBuildLock(async () => 'built', { folder })).toBe('built');
    },
  );

  it('is taken over by way of what a process left that was killed while it took over', async () => {
    writeFileSync(lock, deadProcess());
    mkdirSync(`${lock}.guard`);
    const soon = withBuildLock(async () => 'built', { folder, patienceMs: 100 });
    await expect(soon).rejects.toThrow(/build\.lock/);

    makeOld(`${lock}.guard`);
    expect(await withBuildLock(async () => 'built', { folder })).toBe('built');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names the process that it has waited for too long, and the file', async () => {
    writeFileSync(lock, String(process.ppid));

    await expect(withBuildLock(async () => 'built', { folder, patienceMs: 0 })).rejects.toThrow(
      new RegExp(`Process ${process.ppid} .*build\\.lock`),
    );
  });
});
