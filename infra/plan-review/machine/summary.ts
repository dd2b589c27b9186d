import { canonical, isSame, type JsonObject } from '../json.ts';
import type { Graph, GraphDifference } from './graph.ts';

/** What changes in the machine, a line each. */
export function machineLines(difference: GraphDifference, before: Graph): string[] {
  const lines: string[] = [];
  for (const { name, mark, state } of difference.states) {
    if (mark === 'added') lines.push(`+ state "${name}"`);
    if (mark === 'removed') lines.push(`- state "${name}"`);
    if (mark !== 'changed') continue;
    const old = before.states.get(name) as JsonObject;
    const properties = [...new Set([...Object.keys(old), ...Object.keys(state)])].filter(
      (property) => !isSame(old[property], state[property]),
    );
    const told = properties.map((property) => {
      const values = [old[property], state[property]].map((value) => canonical(value));
      return values.every((value) => value.length <= 40) ? `${property} ${values.join(' → ')}` : property;
    });
    lines.push(`~ state "${name}": ${told.join(', ')}`);
  }
  for (const { from, to, kind, mark } of difference.arrows) {
    const sign = mark === 'added' ? '+' : mark === 'removed' ? '-' : undefined;
    if (sign !== undefined) lines.push(`${sign} arrow "${from}" → "${to}"${kind === 'next' ? '' : ` (${kind})`}`);
  }
  if (before.startAt !== difference.startAt)
    lines.push(`~ starts at "${difference.startAt}", no more at "${before.startAt}"`);
  return lines;
}
