import type { SourceFile } from './source-files.ts';

/**
 * Tarjan's algorithm: https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 * @returns the groups of files that all reach each other
 */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const known = new Map(files.map((each) => [each.file, each]));
  const order = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  const visit = ({ file, imports }: SourceFile): number => {
    const own = order.size;
    order.set(file, own);
    let low = own;
    stack.push(file);
    for (const target of imports) {
      const next = known.get(target);
      if (next === undefined) continue;
      const seen = order.get(target);
      if (seen === undefined) low = Math.min(low, visit(next));
      else if (stack.includes(target)) low = Math.min(low, seen);
    }
    if (low === own) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || imports.includes(file)) cycles.push(group.sort());
    }
    return low;
  };

  for (const each of files) if (!order.has(each.file)) visit(each);
  return cycles;
}

export function describeCycle(cycle: readonly string[]): string {
  return `${cycle.join(', ')} import each other: move what they share to a file that imports none of them`;
}
