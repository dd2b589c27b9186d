import type { Expression, Item, Operand, Path, UpdateSection } from 'dynalite/db/index.js';
import { valueAt } from './conditions.ts';

/**
 * Sections of an update expression such that dynalite, which applies them one after another to the changing item, gives
 * AWS's result: every operand is read from the item as it was, and list elements are removed by their old positions.
 */
export function asSimultaneous(sections: readonly UpdateSection[], existing: Item): UpdateSection[] {
  const detached = sections.map((section) =>
    section.type === 'set' && section.val !== undefined
      ? { ...section, val: withoutSharing(section.val, existing) }
      : section,
  );
  const removals = detached.filter(({ type }) => type === 'remove').sort((a, b) => position(b.path) - position(a.path));
  return [...detached.filter(({ type }) => type !== 'remove'), ...removals];
}

const position = (path: Path): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

/** Replaces each path that exists by a copy of its value, so that a later section cannot change it through the first. */
function withoutSharing(operand: Operand, existing: Item): Operand {
  if (Array.isArray(operand)) {
    const value = valueAt(operand, existing);
    return value === undefined ? operand : structuredClone(value);
  }
  if (!('type' in operand)) return operand;
  if (operand.name === 'if_not_exists') {
    const value = valueAt(operand.args[0] as Path, existing);
    return value === undefined ? withoutSharing(operand.args[1] as Operand, existing) : structuredClone(value);
  }
  return { ...operand, args: operand.args.map((part) => withoutSharing(part, existing)) } as Expression;
}
