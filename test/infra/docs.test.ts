import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { markersOf, withSection } from '#infra/docs/page.ts';
import { filesOf } from '#infra/docs/pages.ts';
import { wholeFile } from '#infra/docs/section.ts';
import { sections } from '#infra/docs/sections.ts';
import { projectRoot } from '#infra/paths.ts';

it.each(sections)('$file shows $marker as the code has it (npm run docs)', async (section) => {
  const page = readFileSync(join(projectRoot, section.file), 'utf8');
  expect(page).toBe(withSection(page, section, await section.content()));
});

it('every section has something that writes it, so that no page grows between markers', () => {
  const others = {
    // By the package's own `npm run docs`, and by `npm run model`.
    'localstack/embedded/README.md': ['operations', 'resources', 'language'],
    'test/model/README.md': ['scenarios', 'rules', 'harmless', 'limits'],
  };
  const written = [
    ...sections.filter(({ marker }) => marker !== wholeFile).map(({ file, marker }) => `${file}: ${marker}`),
    ...Object.entries(others).flatMap(([file, markers]) => markers.map((marker) => `${file}: ${marker}`)),
  ];
  const found = [...filesOf('**/*.{md,graphql}')].flatMap(([file, text]) =>
    markersOf(file, text).map((marker) => `${file}: ${marker}`),
  );

  expect(found.sort()).toEqual(written.sort());
});

it('given a page without the markers, when written, then it says which are missing', () => {
  expect(() => withSection('# Page', { file: 'PAGE.md', marker: 'costs' }, '')).toThrow(
    'PAGE.md has no markers "costs',
  );
});
