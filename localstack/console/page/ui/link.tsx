import type { ComponentChildren } from 'preact';
import { base, navigate } from '../router.ts';

interface LinkProps {
  /** Below the base. */
  readonly to: string;
  readonly class?: string | undefined;
  readonly current?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A real link: it opens in another tab as any other, and without loading the page anew in this one. */
export function Link({ to, class: name, current = false, children }: LinkProps) {
  function follow(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  }
  return (
    <a href={base + to} class={name} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
