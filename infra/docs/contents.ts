import { basename } from 'node:path';

/** The order in which a reader needs the pages; pages that are not named here follow by their names. */
const order = [
  'local-cloud',
  'console',
  'demo',
  'api',
  'saga',
  'add-a-leg',
  'leg-record',
  'targets',
  'deploy',
  'plan-review',
  'cost',
  'scale',
  'operations',
  'runbook',
  'data',
  'security',
  'faults',
  'benchmark',
  'reference',
];

/**
 * The list of pages: the title of each, and its first sentence.
 *
 * @param pages path and text of each page
 * @throws Error where a page has no title or no sentence below it
 */
export function contents(pages: readonly (readonly [file: string, text: string])[]): string {
  return pages
    .map(([file, text]) => ({ file: basename(file), ...beginningOf(file, text) }))
    .sort((a, b) => placeOf(a.file) - placeOf(b.file) || a.file.localeCompare(b.file))
    .map(({ file, title, sentence }) => `- [${title}](${file}): ${sentence}`)
    .join('\n');
}

function placeOf(file: string): number {
  const place = order.indexOf(file.replace(/\.md$/, ''));
  return place === -1 ? order.length : place;
}

function beginningOf(file: string, text: string): { readonly title: string; readonly sentence: string } {
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  const paragraph = text
    .split(/\n{2,}/)
    .find((part) => /^[\w`"'[*]/.test(part))
    ?.replaceAll(/\s+/g, ' ');
  const [sentence] = /^.+?[.:](?= |$)/.exec(paragraph ?? '') ?? [];
  if (title === undefined || sentence === undefined)
    throw new Error(`${file}: begin with "# Title" and a sentence that says what the page is for`);
  return { title, sentence: sentence.replace(/:$/, '.') };
}
