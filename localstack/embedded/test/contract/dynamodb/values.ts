import type { AttributeValue, Item } from '#embedded/dynamodb/values.ts';

export type Plain =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | Set<unknown>
  | readonly Plain[]
  | { [name: string]: Plain };

/** The wire form of a plain value: numbers as `N`, sets as `SS`, `NS` or `BS`, binaries as base64. */
export function wire(value: Plain): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) {
    const members = [...value].map((member) => wire(member as Plain));
    if (members[0]?.N !== undefined) return { NS: members.map(({ N }) => N as string) };
    if (members[0]?.B !== undefined) return { BS: members.map(({ B }) => B as string) };
    return { SS: members.map(({ S }) => S as string) };
  }
  if (Array.isArray(value)) return { L: value.map(wire) };
  return { M: wireItem(value as Record<string, Plain>) };
}

export const wireItem = (item: Record<string, Plain>): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wire(value)]));

export const bytes = (text: string): Uint8Array => Buffer.from(text);

/** With the members of sets in order: AWS promises none. */
export function settled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(settled) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      ['SS', 'NS', 'BS'].includes(name) && Array.isArray(member) ? [...member].sort() : settled(member),
    ]),
  ) as T;
}
