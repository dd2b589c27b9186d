import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { unwrittenSections } from '#infra/docs/markers.ts';
import { withSection } from '#infra/docs/page.ts';
import { filesOf } from '#infra/docs/pages.ts';
import { sections } from '#infra/docs/sections.ts';
import { projectRoot } from '#infra/paths.ts';

it.each(sections)('$file shows $marker as the code has it (npm run docs)', async (section) => {
  const page = readFileSync(join(projectRoot, section.file), 'utf8');
  expect(page).toBe(withSection(page, section, await section.content()));
});

it('every section has something that writes it, so that no page grows between markers', () => {
  expect(unwrittenSections(sections)).toEqual([]);
});

it('a section that no program writes is named, and one that a page has lost', () => {
  const pages = new Map([...filesOf('**/*.{md,graphql}'), ['docs/big.md', '<!-- mine:start -->\n<!-- mine:end -->\n']]);
  pages.delete('test/model/README.md');

  expect(unwrittenSections(sections, pages)).toEqual([
    'docs/big.md: mine is between markers, but no program writes it: remove them',
    ...['harmless', 'limits', 'rules', 'scenarios'].map((marker) => `test/model/README.md: ${marker} has no markers`),
  ]);
});

it('given a page without the markers, when written, then it says which are missing', () => {
  expect(() => withSection('# Page', { file: 'PAGE.md', marker: 'costs' }, '')).toThrow(
    'PAGE.md has no markers "costs',
  );
});
