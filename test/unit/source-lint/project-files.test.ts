import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { linkProblems, projectEntries } from '#infra/source-lint/project-files.ts';

const root = mkdtempSync(join(tmpdir(), 'project-files-'));
afterAll(() => rmSync(root, { recursive: true }));
const write = (file: string, text = '') => writeFileSync(join(root, file), text);

it('outside of a clone they are not known', () => {
  expect(() => projectEntries(root)).toThrow(/^Git does not know .*: run this in a clone of the project$/);
});

it('in a clone they are the tracked and the new files, without what is ignored, deleted or a link', () => {
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  mkdirSync(join(root, 'packages'));
  symlinkSync(join(root, 'packages'), join(root, 'link'));
  write('.gitignore', 'made.ts\n');
  for (const file of ['tracked.ts', 'deleted.ts', 'new über.ts', 'made.ts', 'packages/a.ts']) write(file);
  execFileSync('git', ['add', 'tracked.ts', 'deleted.ts'], { cwd: root });
  rmSync(join(root, 'deleted.ts'));

  expect(projectEntries(root).files).toEqual(['.gitignore', 'new über.ts', 'packages/a.ts', 'tracked.ts']);
});

it('a symbolic link is refused, but that to the packages', () => {
  symlinkSync(join(root, 'packages'), join(root, 'node_modules'));
  symlinkSync(join(root, 'tracked.ts'), join(root, 'packages/linked.ts'));

  expect(linkProblems(projectEntries(root).links)).toEqual(
    ['link', 'packages/linked.ts'].map(
      (file) => `${file} is a symbolic link, so no rule can judge what is imported by it: put the file itself there`,
    ),
  );
});
