import { invalidParameter, serializationError, validationError } from './errors.ts';
import { normalized } from './numbers.ts';
import { sharedText } from './shared-texts.ts';

/** As it goes over the wire, with exactly one member; numbers are text, binaries base64. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Item;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
}

/** Attributes by name. Items that are stored are shared and never changed. */
export type Item = Readonly<Record<string, AttributeValue>>;

export const types = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'] as const;
export type Type = (typeof types)[number];

export const typeOf = (value: AttributeValue): Type => {
  for (const type in value) return type as Type;
  throw new Error('a checked value has a type');
};

/** An attribute's value; names of `Object.prototype` are no attributes. */
export const attribute = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** Also a name that would set the prototype. */
export function setAttribute(item: Record<string, AttributeValue>, name: string, value: AttributeValue): void {
  if (name !== '__proto__') item[name] = value;
  else Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
}

const exactlyOne = 'must contain exactly one of the supported datatypes';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maximumDepth = 32;

/** A copy that is in order, with numbers in their final form. @throws ValidationException */
export function checkedItem(item: unknown, depth = 0): Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw validationError(`Supplied AttributeValue is empty, ${exactlyOne}`);
  const copy: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) setAttribute(copy, name, checkedValue((item as Item)[name], depth));
  return copy;
}

export function checkedValue(value: unknown, depth = 0): AttributeValue {
  if (typeof value !== 'object' || value === null)
    throw validationError(`Supplied AttributeValue is empty, ${exactlyOne}`);
  const present = Object.keys(value).filter((type) => (value as Record<string, unknown>)[type] !== undefined);
  const [type, another] = present as (Type | undefined)[];
  if (type === undefined || !types.includes(type))
    throw validationError(`Supplied AttributeValue is empty, ${exactlyOne}`);
  if (another !== undefined) {
    throw validationError(`Supplied AttributeValue has more than one datatypes set, ${exactlyOne}`);
  }
  if (depth > maximumDepth) throw validationError('Nesting Levels have exceeded supported limits');
  const content: unknown = (value as Record<string, unknown>)[type];
  switch (type) {
    case 'N':
      return { N: normalized(content) };
    case 'BOOL':
      if (typeof content === 'boolean') return { BOOL: content };
      break;
    case 'NULL':
      if (content === true) return { NULL: true };
      throw invalidParameter('Null attribute value types must have the value of true');
    case 'L':
      if (Array.isArray(content)) return { L: content.map((member) => checkedValue(member, depth + 1)) };
      break;
    case 'M':
      return { M: checkedItem(content, depth + 1) };
    case 'S':
      if (typeof content === 'string') return sharedText(content);
      break;
    case 'B':
      return { B: binary(content) };
    default:
      return { [type]: checkedSet(type, content) };
  }
  throw serializationError(type);
}

function checkedSet(type: 'SS' | 'NS' | 'BS', members: unknown): string[] {
  if (!Array.isArray(members)) throw serializationError(type);
  const what = {
    SS: 'An string set  may not be empty',
    NS: 'An number set  may not be empty',
    BS: 'Binary sets should not be empty',
  };
  if (members.length === 0) throw invalidParameter(what[type]);
  const checked = members.map((member) => {
    if (type === 'NS') return normalized(member);
    if (type === 'BS') return binary(member);
    if (typeof member !== 'string') throw serializationError(type);
    return member;
  });
  if (new Set(checked).size < checked.length) {
    const list = `[${members.join(', ')}]`;
    throw invalidParameter(`Input collection ${list} contains duplicates.`);
  }
  return checked;
}

/** Base64, as the SDK sends it; Step Functions' integrations may hand bytes over. */
function binary(content: unknown): string {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('base64');
  if (typeof content === 'string') return content;
  throw serializationError('B');
}
