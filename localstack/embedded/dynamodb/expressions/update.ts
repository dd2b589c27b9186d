import { validationError } from '../errors.ts';
import { sum } from '../numbers.ts';
import { type AttributeValue, attribute, type Item, setAttribute, typeOf } from '../values.ts';
import { valueAt } from './conditions.ts';
import type { Node, Path, UpdateAction } from './syntax.ts';

const misfit = () => validationError('An operand in the update expression has an incorrect data type');
const badPath = () => validationError('The document path provided in the update expression is invalid for update');

/**
 * The item after an update; the one before stays as it is. Every operand is read from the item as it was, and list elements are
 * removed by their old positions. @throws ValidationException where an operand or a path does not fit the item
 */
export function updated(actions: readonly UpdateAction[], before: Item): Item {
  let after: AttributeValue = { M: before };
  const write = (path: Path, value: AttributeValue | undefined): void => {
    after = written(after, path, value);
  };
  for (const { section, path, operand } of actions) {
    if (section === 'SET') write(path, evaluate(operand as Node, before));
    else if (section !== 'REMOVE')
      write(path, combined(section, valueAt(path, before), (operand as { value: AttributeValue }).value));
  }
  const removals = actions.filter(({ section }) => section === 'REMOVE').map(({ path }) => path);
  for (const path of removals.sort((one, other) => positionOf(other) - positionOf(one))) write(path, undefined);
  return after.M as Item;
}

const positionOf = (path: Path): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

/** A copy in which the path leads to the value; without a value it leads nowhere. */
function written(
  holder: AttributeValue | undefined,
  [step, ...rest]: Path,
  value: AttributeValue | undefined,
): AttributeValue {
  if (typeof step === 'number') {
    if (holder?.L === undefined) throw badPath();
    const list = [...holder.L];
    // Past its end a list takes a value as its next one.
    const at = Math.min(step, list.length);
    if (rest.length > 0) list[at] = written(list[step], rest, value);
    else if (value !== undefined) list[at] = value;
    else list.splice(step, 1);
    return { L: list };
  }
  if (holder?.M === undefined || step === undefined) throw badPath();
  const map = { ...holder.M };
  const next = rest.length > 0 ? written(attribute(map, step), rest, value) : value;
  if (next === undefined) delete map[step];
  else setAttribute(map, step, next);
  return { M: map };
}

function evaluate(node: Node, item: Item): AttributeValue {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'path') {
    const value = valueAt(node.path, item);
    if (value !== undefined) return value;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  }
  const [left, right] = node.args as [Node, Node];
  if (node.operator === 'if_not_exists') {
    return (left.kind === 'path' ? valueAt(left.path, item) : undefined) ?? evaluate(right, item);
  }
  const [one, other] = [evaluate(left, item), evaluate(right, item)];
  if (node.operator === 'list_append') {
    if (one.L === undefined || other.L === undefined) throw misfit();
    return { L: [...one.L, ...other.L] };
  }
  if (one.N === undefined || other.N === undefined) throw misfit();
  return { N: sum(one.N, other.N, node.operator === '+' ? 1 : -1) };
}

/** What ADD and DELETE leave; undefined where nothing is left. */
function combined(
  section: 'ADD' | 'DELETE',
  existing: AttributeValue | undefined,
  operand: AttributeValue,
): AttributeValue | undefined {
  if (existing === undefined) return section === 'ADD' ? operand : undefined;
  const type = typeOf(operand);
  if (typeOf(existing) !== type) throw misfit();
  if (existing.N !== undefined && operand.N !== undefined) return { N: sum(existing.N, operand.N, 1) };
  const [members, others] = [existing[type], operand[type]] as [string[], string[]];
  if (section === 'ADD') return { [type]: [...new Set([...members, ...others])] };
  const left = members.filter((member) => !others.includes(member));
  return left.length === 0 ? undefined : { [type]: left };
}
