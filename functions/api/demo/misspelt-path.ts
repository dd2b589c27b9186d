import { apiPaths } from '#schema/http/routes.ts';
import { decodedPath } from './decoded-path.ts';

/** What browsers and crawlers ask every host for by themselves. */
const unaskedPaths: ReadonlySet<string> = new Set(['favicon.ico', 'robots.txt', '.well-known']);

/**
 * The API's path that a request to the catch-all route meant, as its template: one that differs from it by nothing but
 * doubled, trailing or backward slashes, dot segments, case, matrix parameters (`;a=1`) and percent-encoding. `unasked` for
 * what browsers and crawlers request by themselves. Undefined for every other path, which is the demo's.
 */
export function misspeltPath(rawPath: string): string | undefined {
  const segments = segmentsOf(decodedPath(rawPath));
  if (unaskedPaths.has(segments[0] ?? '')) return 'unasked';
  return apiPaths.find((template) => fits(template.split('/').slice(1), segments));
}

function segmentsOf(path: string): string[] {
  const [beforeQuery = ''] = path.split(/[?#]/);
  const segments: string[] = [];
  for (const segment of beforeQuery.toLowerCase().split(/[/\\]/)) {
    const [name = ''] = segment.split(';');
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(name);
  }
  return segments;
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  const greedy = template.at(-1)?.endsWith('+}') === true;
  if (greedy ? segments.length < template.length : segments.length !== template.length) return false;
  return template.every((part, position) => part.startsWith('{') || part === segments[position]);
}
