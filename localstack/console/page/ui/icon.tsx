import type { IconName } from '../../model/status.ts';

/** Lines of 24 by 24 boxes. */
const paths: Readonly<Record<IconName | NavIcon, string>> = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11l-11 11',
  spin: 'M12 4a8 8 0 1 1-8 8',
  retry: 'M5 12a7 7 0 1 1 2.2 5.1M5 19v-4.5h4.5',
  stop: 'M7 7h10v10H7z',
  undo: 'M9 6L4.5 10.5 9 15M5 10.5h8.5a5 5 0 0 1 0 10H11',
  clock: 'M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z',
  dot: 'M12 10.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z',
  catch: 'M6.5 6.5l8 8m0-8l-8 8M18 13v6h-6',
  book: 'M4 9a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2 2.5 2.5 0 0 0 0 5v1a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-1a2.5 2.5 0 0 0 0-5zm10-2v10',
  runs: 'M4 6.5h16M4 12h16M4 17.5h10',
  data: 'M4.5 5.5h15v13h-15zm0 4.5h15M10 10v8.5',
  trouble: 'M12 4.5l8.5 15h-17zM12 10v4.5m0 2.4v.1',
  faults: 'M13 3.5L5.5 13.5H12l-1 7 7.5-10H12z',
  search: 'M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zm4.5 10.500 5 5',
  play: 'M8 5.500v13l11-6.500z',
  pause: 'M8.500 6v12m7-12v12',
  forward: 'M6 6v12l9-6zm12 0v12',
  back: 'M18 6v12l-9-6zM6 6v12',
  copy: 'M9 9h10.500v10.500H9zM5 15H4.500V4.500H15V5',
  close: 'M6.500 6.500l11 11m0-11l-11 11',
  chevron: 'M9 5.500l6.500 6.500L9 18.500',
};

export type NavIcon =
  | 'book'
  | 'runs'
  | 'data'
  | 'trouble'
  | 'faults'
  | 'search'
  | 'play'
  | 'pause'
  | 'forward'
  | 'back'
  | 'copy'
  | 'close'
  | 'chevron';

/** Says nothing by itself: a word stands beside it. */
export function Icon({ name, size = 18 }: { readonly name: IconName | NavIcon; readonly size?: number }) {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
