import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withSection } from '#infra/docs/page.ts';
import { sections } from '#infra/docs/sections.ts';
import { projectRoot } from '#infra/paths.ts';

it.each(sections)('$file shows $marker as the code has it (npm run docs)', async (section) => {
  const page = readFileSync(join(projectRoot, section.file), 'utf8');
  expect(page).toBe(withSection(page, section, await section.content()));
});

it('given a page without the markers, when written, then it says which are missing', () => {
  expect(() => withSection('# Page', { file: 'PAGE.md', marker: 'costs' }, '')).toThrow(
    'PAGE.md has no markers "costs',
  );
});
