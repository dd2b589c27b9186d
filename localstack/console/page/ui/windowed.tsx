import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollTo, windowOf } from '../../model/window.ts';

interface WindowedProps {
  readonly count: number;
  /** Of every row, pixels. */
  readonly rowHeight: number;
  /** Kept in sight as it changes. */
  readonly focus?: number | undefined;
  readonly class: string;
  readonly label: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Draws the rows of the window, in order. */
  readonly children: (from: number, to: number, before: number, after: number) => ComponentChildren;
}

/** A list that scrolls by itself and has only the rows in the page that can be seen. */
export function Windowed({ count, rowHeight, focus, class: name, label, onKeyDown, children }: WindowedProps) {
  const pane = useRef<HTMLElement>(null);
  const [{ top, height }, measure] = useState({ top: 0, height: 600 });
  const look = (): void => {
    if (pane.current !== null) measure({ top: pane.current.scrollTop, height: pane.current.clientHeight });
  };
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (pane.current !== null) observer.observe(pane.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (focus === undefined || focus < 0 || pane.current === null) return;
    pane.current.scrollTop = scrollTo(focus, rowHeight, pane.current.scrollTop, pane.current.clientHeight - rowHeight);
    look();
  }, [focus, rowHeight]);
  const { from, to } = windowOf(count, rowHeight, top, height);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (axe: scrollable-region-focusable)
    <section ref={pane} class={name} aria-label={label} tabIndex={0} onScroll={look} onKeyDown={onKeyDown}>
      {children(from, to, from * rowHeight, (count - to) * rowHeight)}
    </section>
  );
}
