type Node = Map<string, Node | string>;

/** Deeper than any AWS shape; a longer name is no request but an attack on the recursion below. */
const DEEPEST = 16;

/**
 * Input of the query protocol: `A.member.1.B=x` is a list of structures, `M.entry.1.key` and `.value` (or `.Name`, `.Value`) a map,
 * `A.1=x` a flattened list. Values stay strings, as the form has no types.
 */
export function decodeForm(fields: URLSearchParams): Record<string, unknown> {
  const root: Node = new Map();
  for (const [name, value] of fields) put(root, name.split('.', DEEPEST), value);
  return members(root);
}

function put(root: Node, path: readonly string[], value: string): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    let next = node.get(part);
    if (!(next instanceof Map)) {
      next = new Map();
      node.set(part, next);
    }
    node = next;
  }
  node.set(path.at(-1) ?? '', value);
}

function shape(node: Node | string): unknown {
  if (typeof node === 'string') return node;
  const [key, inner] = [...node][0] ?? [];
  if (node.size === 1 && inner instanceof Map && isNumbered(inner)) {
    if (key === 'member') return items(inner);
    if (key === 'entry') return mapOf(items(inner));
  }
  return isNumbered(node) ? items(node) : members(node);
}

function members(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node].map(([name, inner]) => [name, shape(inner)]));
}

function isNumbered(node: Node): boolean {
  return [...node.keys()].every((key) => /^\d+$/.test(key));
}

function items(node: Node): unknown[] {
  return [...node].sort(([left], [right]) => Number(left) - Number(right)).map(([, item]) => shape(item));
}

/** A map from the pairs that a form makes of it. */
export function mapOf(pairs: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const { key, Name, Key = Name, value, Value = value } = pair as Record<string, unknown>;
      return [String(key ?? Key), Value];
    }),
  );
}
