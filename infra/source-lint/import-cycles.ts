import type { SourceFile } from './source-files.ts';

/**
 * Tarjan's algorithm: https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 * @returns the groups of files that all reach each other
 */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const importsOf = new Map(files.map(({ file, imports }) => [file, imports]));
  const order = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    let low = own;
    stack.push(file);
    for (const target of importsOf.get(file) ?? []) {
      if (!importsOf.has(target)) continue;
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, order.get(target) ?? own);
    }
    if (low === own) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || importsOf.get(file)?.includes(file)) cycles.push(group.sort());
    }
    return low;
  };

  for (const { file } of files) if (!order.has(file)) visit(file);
  return cycles;
}

export function describeCycle(cycle: readonly string[]): string {
  return `${cycle.join(', ')} import each other: move what they share to a file that imports none of them`;
}
