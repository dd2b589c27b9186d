import db, { type AttributeValue, type Expression, type Item, type Operand, type Path } from 'dynalite/db/index.js';

/**
 * Whether an item meets a parsed condition or filter. Dynalite parses and checks the expression; the evaluation is ours,
 * since dynalite's knows no equality of lists and maps and sees `Object.prototype` as attributes.
 */
export function matches(expression: Expression, item: Item): boolean {
  const { type, args } = expression;
  switch (type) {
    case 'and':
      return matches(args[0] as Expression, item) && matches(args[1] as Expression, item);
    case 'or':
      return matches(args[0] as Expression, item) || matches(args[1] as Expression, item);
    case 'not':
      return !matches(args[0] as Expression, item);
  }
  const [left, ...right] = args.map((operand) => resolve(operand, item));
  return type === 'function' ? holds(expression.name ?? '', left, right[0]) : compare(type, left, right);
}

type Resolved = AttributeValue | undefined;

export const typeOf = (value: AttributeValue): string => Object.keys(value)[0] ?? '';

export function valueAt(path: Path, item: Item): Resolved {
  let value: Resolved = { M: item };
  for (const step of path) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = value.L?.[step];
    else value = value.M !== undefined && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
  }
  return value ?? undefined;
}

function resolve(operand: Operand, item: Item): Resolved {
  if (Array.isArray(operand)) return valueAt(operand, item);
  if (!('type' in operand)) return operand;
  const [of] = operand.args.map((argument) => resolve(argument, item));
  const size = of === undefined ? undefined : sizeOf(of);
  return size === undefined ? undefined : { N: String(size) };
}

function sizeOf({ S, B, SS, NS, BS, L, M }: AttributeValue): number | undefined {
  // Characters, not bytes: DynamoDB Local says so.
  if (S !== undefined) return S.length;
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  return (SS ?? NS ?? BS ?? L)?.length ?? (M === undefined ? undefined : Object.keys(M).length);
}

function compare(operator: string, left: Resolved, right: readonly Resolved[]): boolean {
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
    default:
      return ordered(operator, left, first);
  }
}

function holds(name: string, value: Resolved, operand: Resolved): boolean {
  switch (name) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value !== undefined && typeOf(value) === operand?.S;
    case 'begins_with':
      return beginsWith(value, operand);
    case 'contains':
      return contains(value, operand);
    default:
      throw new Error(`Unknown function ${name} in a condition: dynalite's parser knows it, conditions.ts must too.`);
  }
}

function equal(left: Resolved, right: Resolved): boolean {
  if (left === undefined || right === undefined) return false;
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS': {
      const [members, others] = [left[type] as string[], right[type] as string[]];
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
        names.every((name) => Object.hasOwn(others, name) && equal(members[name], others[name]))
      );
    }
    default:
      return left[type as 'S'] === right[type as 'S'];
  }
}

/** Strings compare by their UTF-8 bytes, binaries by bytes, numbers by value; other types have no order. */
function ordered(operator: string, left: Resolved, right: Resolved): boolean {
  if (left === undefined || right === undefined) return false;
  if (left.N !== undefined && right.N !== undefined) return db.compare(operator, left, [right]);
  const [one, other] = [bytes(left), bytes(right)];
  if (one === undefined || other === undefined || typeOf(left) !== typeOf(right)) return false;
  const order = Buffer.compare(one, other);
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function bytes({ S, B }: AttributeValue): Buffer | undefined {
  if (S !== undefined) return Buffer.from(S);
  return B === undefined ? undefined : Buffer.from(B, 'base64');
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
