/** Paths below `/_console` are the page's own; each view has a link of its own. */
import { computed, signal } from '@preact/signals';

export const base = '/_console';

const here = (): string => location.pathname + location.search;
const address = signal(here());
addEventListener('popstate', () => {
  address.value = here();
});

export interface Route {
  /** Below the base, decoded: `['runs', 't1.abc']`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export const route = computed<Route>(() => {
  const { pathname, searchParams } = new URL(address.value, location.origin);
  const parts = pathname.slice(base.length).split('/').filter(Boolean).map(decoded);
  return { parts, query: searchParams };
});

/** @param to below the base, `/runs?status=FAILED` */
export function navigate(to: string, { replace = false } = {}): void {
  const url = base + to;
  if (url === address.value) return;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  address.value = url;
  if (!replace) scrollTo(0, 0);
}

/** The present address with some members of its query changed; an empty text takes one away. */
export function withQuery(changes: Readonly<Record<string, string>>): string {
  const { pathname, searchParams } = new URL(address.value, location.origin);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') searchParams.delete(name);
    else searchParams.set(name, value);
  }
  const query = searchParams.toString();
  return pathname.slice(base.length) + (query === '' ? '' : `?${query}`);
}

export const runPath = (name: string): string => `/runs/${encodeURIComponent(name)}`;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
