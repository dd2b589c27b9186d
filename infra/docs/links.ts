import { dirname, join, normalize } from 'node:path';

/** The name of a heading in a link, as GitHub makes it. */
export const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\- _]/gu, '')
    .replaceAll(' ', '-');

const fences = /^(```|~~~).*?^\1[^\S\n]*$/gms;
const inlineCode = /`[^`\n]+`/g;
const target = /\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|\b(?:src|srcset|href)="([^"\s]+)|^\[[^\]]+\]: (\S+)/gm;

/** Names of a page's headings; those of equal headings are numbered. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of page.replaceAll(fences, '').matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const name = anchorOf(heading);
    let unused = name;
    for (let n = 1; anchors.has(unused); n += 1) unused = `${name}-${n}`;
    anchors.add(unused);
  }
  return anchors;
}

/** Links of a page within the repository, as they are written. */
export const linksOf = (page: string): readonly string[] =>
  [...page.replaceAll(fences, '').replaceAll(inlineCode, '').matchAll(target)]
    .map(([, inline, attribute, reference]) => inline ?? attribute ?? reference ?? '')
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link));

/**
 * Links that lead nowhere, each with its page: a file that is not there, or a heading that its page does not have.
 *
 * @param pages text of each page by its path
 * @param exists whether a path, relative to the same root, is a file or folder
 */
export function deadLinks(pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): readonly string[] {
  return [...pages].flatMap(([page, text]) =>
    linksOf(text)
      .filter((link) => !leadsSomewhere(page, link, pages, exists))
      .map((link) => `${page}: ${link}`),
  );
}

/** Whether a link of a page leads to a file that is there, and to a heading that the file has. */
export function leadsSomewhere(
  page: string,
  link: string,
  pages: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
  if (!exists(file)) return false;
  if (anchor === undefined) return true;
  const text = pages.get(file);
  return text !== undefined && anchorsOf(text).has(anchor);
}
