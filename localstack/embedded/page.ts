/** One page of a list whose token is the position of the next item. */
export function page<T>(
  items: readonly T[],
  limit: number,
  token: unknown,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const start = Number(token ?? 0);
  const end = start + limit;
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}
