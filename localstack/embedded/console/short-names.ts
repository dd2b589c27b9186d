/** Names of functions without what all of them begin with, up to a hyphen: `shop-local-pay` and `shop-local-ship` are `pay` and `ship`. */
export function shortNames(names: readonly string[]): (name: string) => string {
  const [first = '', ...others] = names;
  let common = others.length === 0 ? 0 : first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, common))) common -= 1;
  const prefix = first.slice(0, first.slice(0, common).lastIndexOf('-') + 1);
  return (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
}
