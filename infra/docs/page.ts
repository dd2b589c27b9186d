import { type Section, wholeFile } from './section.ts';

/** A marker as it stands in the file. */
const comment = (file: string, text: string): string => (file.endsWith('.graphql') ? `# ${text}` : `<!-- ${text} -->`);

/**
 * The page with the section's content between its markers, or the content itself where the whole file is made.
 * @throws Error where the page has no such markers
 */
export function withSection(page: string, { file, marker }: Pick<Section, 'file' | 'marker'>, content: string): string {
  if (marker === wholeFile) return `${content}\n`;
  const [start, end] = [`${comment(file, `${marker}:start`)}\n`, comment(file, `${marker}:end`)];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`${file} has no markers "${marker}:start" and "${marker}:end"`);
  return `${page.slice(0, from + start.length)}${content}\n${page.slice(to)}`;
}

/** @returns the names of a file's sections, which stand between markers */
export const markersOf = (file: string, text: string): string[] =>
  [...text.matchAll(sectionsOf(file))].map(([, marker = '']) => marker);

/** The file with its markers, and nothing between them: what people have written. */
export const withoutSections = (file: string, text: string): string =>
  text.replaceAll(
    sectionsOf(file),
    (_, marker: string) => `${comment(file, `${marker}:start`)}\n${comment(file, `${marker}:end`)}`,
  );

function sectionsOf(file: string): RegExp {
  if (!/\.(md|graphql)$/.test(file)) return /(?!)/g;
  return new RegExp(`^${comment(file, '([a-z-]+):start')}\n.*?^${comment(file, '\\1:end')}$`, 'gms');
}
