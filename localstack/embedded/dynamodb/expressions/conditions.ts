import { type AttributeValue, attribute, type Item, typeOf } from '../values.ts';
import { compareValues } from './checks.ts';
import type { Node, Path } from './syntax.ts';

type Resolved = AttributeValue | undefined;

/** Whether an item meets a condition or filter. */
export function matches(node: Node, item: Item): boolean {
  if (node.kind !== 'call') throw new Error('an operand is no condition');
  const { operator, args } = node;
  switch (operator) {
    case 'and':
      return args.every((arg) => matches(arg, item));
    case 'or':
      return args.some((arg) => matches(arg, item));
    case 'not':
      return args.every((arg) => !matches(arg, item));
  }
  const [left, ...right] = args.map((operand) => resolve(operand, item));
  const [first, second] = right;
  switch (operator) {
    case '=':
      return equal(left, first);
    case '<>':
      return !equal(left, first);
    case 'in':
      return right.some((candidate) => equal(left, candidate));
    case 'between':
      return ordered('>=', left, first) && ordered('<=', left, second);
    case 'attribute_exists':
      return left !== undefined;
    case 'attribute_not_exists':
      return left === undefined;
    case 'attribute_type':
      return left !== undefined && typeOf(left) === first?.S;
    case 'begins_with':
      return beginsWith(left, first);
    case 'contains':
      return contains(left, first);
    default:
      return ordered(operator, left, first);
  }
}

export function valueAt(path: Path, item: Item): Resolved {
  let value: Resolved = { M: item };
  for (const step of path) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = value.L?.[step];
    else value = value.M === undefined ? undefined : attribute(value.M, step);
  }
  return value;
}

function resolve(node: Node, item: Item): Resolved {
  if (node.kind === 'path') return valueAt(node.path, item);
  if (node.kind === 'value') return node.value;
  const [of] = node.args.map((argument) => resolve(argument, item));
  const size = of === undefined ? undefined : sizeOf(of);
  return size === undefined ? undefined : { N: String(size) };
}

function sizeOf({ S, B, SS, NS, BS, L, M }: AttributeValue): number | undefined {
  // Characters, not bytes: DynamoDB Local says so.
  if (S !== undefined) return S.length;
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  return (SS ?? NS ?? BS ?? L)?.length ?? (M === undefined ? undefined : Object.keys(M).length);
}

function ordered(operator: string, left: Resolved, right: Resolved): boolean {
  const order = left === undefined || right === undefined ? undefined : compareValues(left, right);
  if (order === undefined) return false;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function equal(left: Resolved, right: Resolved): boolean {
  if (left === undefined || right === undefined) return false;
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS': {
      const [members, others] = [left[type] ?? [], right[type] ?? []];
      return members.length === others.length && members.every((member) => others.includes(member));
    }
    case 'L': {
      const [members, others] = [left.L ?? [], right.L ?? []];
      return members.length === others.length && members.every((member, index) => equal(member, others[index]));
    }
    case 'M': {
      const [members, others] = [left.M ?? {}, right.M ?? {}];
      const names = Object.keys(members);
      return (
        names.length === Object.keys(others).length &&
        names.every((name) => equal(members[name], attribute(others, name)))
      );
    }
    default:
      return left[type] === right[type];
  }
}

function beginsWith(value: Resolved, prefix: Resolved): boolean {
  if (value?.S !== undefined && prefix?.S !== undefined) return value.S.startsWith(prefix.S);
  if (value?.B === undefined || prefix?.B === undefined) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: Resolved, member: Resolved): boolean {
  if (value === undefined || member === undefined) return false;
  if (value.L !== undefined) return value.L.some((element) => equal(element, member));
  if (member.S !== undefined) return value.SS?.includes(member.S) ?? value.S?.includes(member.S) ?? false;
  if (member.N !== undefined) return value.NS?.includes(member.N) ?? false;
  if (member.B === undefined) return false;
  if (value.BS !== undefined) return value.BS.includes(member.B);
  return value.B !== undefined && Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'));
}
