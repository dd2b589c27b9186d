import { StackError } from './stack-error.ts';

/** Remembers what has been resolved and what is being resolved now. */
export interface Trail {
  /**
   * Value of `node`, computed once. Throws StackError where `node` waits for itself, or where its `owner` (the resource, local or
   * data source) depends on itself through others: Terraform orders whole resources, so it would refuse that too.
   */
  visit<T>(owner: string, node: string, compute: () => T): T;
  /** Notes that `owner` has to come after `other` without reading anything of it (`depends_on`). */
  follows(owner: string, other: string): void;
  /** Who is being resolved now. */
  owner(): string | undefined;
}

export function createTrail(): Trail {
  const values = new Map<string, unknown>();
  const open: { owner: string; node: string }[] = [];
  const dependencies = new Map<string, Set<string>>();

  function follows(owner: string, other: string): void {
    const known = dependencies.get(owner) ?? new Set();
    if (known.has(other)) return;
    const path = pathBetween(other, owner);
    if (path) throw new StackError(`cycle: ${[owner, ...path].join(' → ')}`);
    dependencies.set(owner, known.add(other));
  }

  /** Owners from `from` to `to` along dependencies, or undefined. */
  function pathBetween(from: string, to: string, seen = new Set<string>()): readonly string[] | undefined {
    if (from === to) return [from];
    if (seen.has(from)) return undefined;
    seen.add(from);
    for (const next of dependencies.get(from) ?? []) {
      const path = pathBetween(next, to, seen);
      if (path) return [from, ...path];
    }
    return undefined;
  }

  return {
    follows,
    owner: () => open.at(-1)?.owner,
    visit<T>(owner: string, node: string, compute: () => T): T {
      const from = open.at(-1);
      const cycle = open.findIndex((each) => each.node === node);
      if (cycle >= 0)
        throw new StackError(`cycle: ${[...open.slice(cycle).map((each) => each.node), node].join(' → ')}`);
      if (from && from.owner !== owner) follows(from.owner, owner);
      if (values.has(node)) return values.get(node) as T;
      open.push({ owner, node });
      try {
        const value = compute();
        values.set(node, value);
        return value;
      } finally {
        open.pop();
      }
    },
  };
}
