/** The part of a long list that is in the page. */
export interface Window {
  readonly from: number;
  /** After the last. */
  readonly to: number;
}

/** Rows beyond the edges, so that a quick scroll finds them there. */
const beyond = 8;
/** No screen is so high that it needs more. */
export const mostRows = 60;

/** All lengths in pixels; all rows are of one height. */
export function windowOf(count: number, rowHeight: number, scrolled: number, height: number): Window {
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - beyond);
  const wanted = Math.ceil(height / rowHeight) + 2 * beyond;
  const from = Math.min(first, Math.max(0, count - Math.min(wanted, mostRows)));
  return { from, to: Math.min(count, from + Math.min(wanted, mostRows)) };
}

/** The new scroll position that has a row in sight; the old one where it is already. */
export function scrollTo(row: number, rowHeight: number, scrolled: number, height: number): number {
  const top = row * rowHeight;
  return scrolled + leastScroll(top, top + rowHeight, scrolled, scrolled + height);
}

/** How far to scroll along one axis until what lies from `start` to `end` is in sight: its start, where it is longer than the sight. */
export function leastScroll(start: number, end: number, sightStart: number, sightEnd: number): number {
  if (start < sightStart) return start - sightStart;
  return end > sightEnd ? Math.min(end - sightEnd, start - sightStart) : 0;
}
