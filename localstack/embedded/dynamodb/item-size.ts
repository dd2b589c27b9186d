import type { AttributeValue, Item } from './values.ts';

/**
 * An item's size by AWS's rules, 0 for none: names and strings in UTF-8, three bytes and one an element for lists and maps.
 */
export function itemBytes(item: Item | undefined): number {
  let sum = 0;
  for (const name in item) sum += Buffer.byteLength(name) + valueBytes(item[name] as AttributeValue);
  return sum;
}

function valueBytes({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  if (SS !== undefined) return total(SS, (member) => Buffer.byteLength(member));
  if (NS !== undefined) return total(NS, numberBytes);
  if (BS !== undefined) return total(BS, (member) => Buffer.byteLength(member, 'base64'));
  if (L !== undefined) return 3 + L.length + total(L, valueBytes);
  return M === undefined ? 1 : 3 + Object.keys(M).length + itemBytes(M);
}

/** Two digits a byte, and one for sign and exponent; AWS calls its own figure approximate. */
const numberBytes = (number: string): number => 1 + Math.ceil(number.length / 2);

function total<T>(members: readonly T[], bytesOf: (member: T) => number): number {
  let sum = 0;
  for (const member of members) sum += bytesOf(member);
  return sum;
}
