import { type Section, wholeFile } from './section.ts';

/**
 * The page with the section's content between its markers, or the content itself where the whole file is made.
 * @throws Error where the page has no such markers
 */
export function withSection(page: string, { file, marker }: Pick<Section, 'file' | 'marker'>, content: string): string {
  if (marker === wholeFile) return `${content}\n`;
  const comment = (text: string): string => (file.endsWith('.graphql') ? `# ${text}` : `<!-- ${text} -->`);
  const [start, end] = [`${comment(`${marker}:start`)}\n`, comment(`${marker}:end`)];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`${file} has no markers "${marker}:start" and "${marker}:end"`);
  return `${page.slice(0, from + start.length)}${content}\n${page.slice(to)}`;
}
