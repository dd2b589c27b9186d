import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { linkTree } from '#infra/plan-review/link-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'link-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('given files, folders and links, when the tree is linked, then files are the same and links lead where they led', () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  mkdirSync(join(from, 'inner'), { recursive: true });
  writeFileSync(join(from, 'inner', 'file'), 'text');
  symlinkSync(join('inner', 'file'), join(from, 'link'));

  linkTree(from, to);

  expect(readFileSync(join(to, 'inner', 'file'), 'utf8')).toBe('text');
  expect(statSync(join(to, 'inner', 'file')).ino).toBe(statSync(join(from, 'inner', 'file')).ino);
  expect(readlinkSync(join(to, 'link'))).toBe(join('inner', 'file'));
  expect(() => linkTree(from, to)).toThrow('EEXIST');
});
