import { markersOf } from './page.ts';
import { filesOf } from './pages.ts';
import { type Section, wholeFile } from './section.ts';

/** Sections that other commands write: the package's own `npm run docs`, and `npm run model`. */
const writtenElsewhere: Readonly<Record<string, readonly string[]>> = {
  'localstack/embedded/README.md': ['operations', 'resources', 'language'],
  'test/model/README.md': ['scenarios', 'rules', 'harmless', 'limits'],
};

/** @returns a sentence for each marked section that no program writes, so that no page grows between markers, and for each that is gone */
export function unwrittenSections(
  sections: readonly Pick<Section, 'file' | 'marker'>[],
  pages: ReadonlyMap<string, string> = filesOf('**/*.{md,graphql}'),
): string[] {
  const written = new Set([
    ...sections.filter(({ marker }) => marker !== wholeFile).map(({ file, marker }) => `${file}: ${marker}`),
    ...Object.entries(writtenElsewhere).flatMap(([file, markers]) => markers.map((marker) => `${file}: ${marker}`)),
  ]);
  const found = [...pages].flatMap(([file, text]) => markersOf(file, text).map((marker) => `${file}: ${marker}`));
  return [
    ...found
      .filter((section) => !written.has(section))
      .map((section) => `${section} is between markers, but no program writes it: remove them`),
    ...[...written].filter((section) => !found.includes(section)).map((section) => `${section} has no markers`),
  ].sort();
}
