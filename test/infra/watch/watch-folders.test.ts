import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchFolders } from '#infra/watch/watch-folders.ts';

let root: string;
let stop: () => void;
let heard: string[];
let listeners: (() => void)[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watch-'));
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  mkdirSync(join(root, 'other'));
  writeFileSync(join(root, 'src/deep/a.ts'), '1');
  heard = [];
  listeners = [];
  stop = watchFolders(root, ['src', 'other'], (file) => {
    heard.push(file);
    for (const listener of listeners) listener();
  });
});

afterEach(() => {
  stop();
  rmSync(root, { recursive: true });
});

/** Resolves once the file was heard of; forgets what was heard before. */
function hears(file: string, act: () => void): Promise<void> {
  heard.length = 0;
  return new Promise((resolve) => {
    listeners.push(() => {
      if (heard.includes(file)) resolve();
    });
    act();
  });
}

describe('watched folders', () => {
  it('tell of files that were saved before they were watched, from a given time on', () => {
    const since = Date.now() - 60_000;
    utimesSync(join(root, 'src/deep/a.ts'), since / 1000 - 60, since / 1000 - 60);
    writeFileSync(join(root, 'other/new.ts'), '1');
    const told: string[] = [];

    watchFolders(root, ['src', 'other'], (file) => told.push(file), since)();

    expect(told).toEqual(['other/new.ts']);
  });

  it('tell of files that are written, again and again', async () => {
    const file = join(root, 'src/deep/a.ts');
    await hears('src/deep/a.ts', () => writeFileSync(file, '2'));
    await hears('src/deep/a.ts', () => writeFileSync(file, '3'));
  });

  it('tell of files that an editor saves by renaming, again and again', async () => {
    const save = (text: string) => () => {
      writeFileSync(join(root, 'src/deep/a.ts.tmp'), text);
      renameSync(join(root, 'src/deep/a.ts.tmp'), join(root, 'src/deep/a.ts'));
    };
    await hears('src/deep/a.ts', save('2'));
    await hears('src/deep/a.ts', save('3'));
  });

  it('tell of files in folders that came later, and of those that came with them', async () => {
    mkdirSync(join(root, 'elsewhere/new'), { recursive: true });
    writeFileSync(join(root, 'elsewhere/new/b.ts'), '1');
    await hears('other/new/b.ts', () => renameSync(join(root, 'elsewhere/new'), join(root, 'other/new')));
    await hears('other/new/c.ts', () => writeFileSync(join(root, 'other/new/c.ts'), '1'));
  });

  it('tell of files that are removed', async () => {
    await hears('src/deep/a.ts', () => rmSync(join(root, 'src/deep/a.ts')));
    expect(heard.every((file) => file.startsWith('src/'))).toBe(true);
  });
});
