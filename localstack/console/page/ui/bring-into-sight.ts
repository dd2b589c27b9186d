import { leastScroll } from '../../model/window.ts';

/** Scrolls a pane sideways, no further than it takes to see an element. */
export function bringAcross(pane: HTMLElement, element: HTMLElement): void {
  const frame = pane.getBoundingClientRect();
  const { left, right } = element.getBoundingClientRect();
  pane.scrollBy(leastScroll(left, right, frame.left, frame.right), 0);
}

/**
 * Scrolls a pane and the page no further than it takes to see an element. `scrollIntoView` does the same, but in Chromium it also
 * moves the place from which Tab goes on, away from where the user is.
 */
export function bringIntoSight(pane: HTMLElement, element: HTMLElement): void {
  const frame = pane.getBoundingClientRect();
  const before = element.getBoundingClientRect();
  pane.scrollBy(
    leastScroll(before.left, before.right, frame.left, frame.right),
    leastScroll(before.top, before.bottom, frame.top, frame.bottom),
  );
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  scrollBy(leastScroll(left, right, 0, clientWidth), leastScroll(top, bottom, 0, clientHeight));
}
