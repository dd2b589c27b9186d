import { sortKeyOf } from './numbers.ts';
import type { AttributeValue } from './values.ts';

/** Sorts behind everything that begins with the text before it: key texts have no character above ÿ. */
export const pastPrefix = (text: string): string => `${text}\u0100`;

const ascii = /^[\0-\x7f]*$/;

/**
 * A text for each value of a key, whose order by code units is DynamoDB's: strings by their UTF-8 bytes, numbers by value, binaries
 * by bytes. Its end is marked, so that texts of several values one behind the other sort by the first, then by the second.
 */
export const keyText = (value: AttributeValue): string => `${openText(value)}\0\x01`;

/** The same without its end: everything that begins with the value begins with this text. */
export function openText({ S, N, B }: AttributeValue): string {
  const text =
    S !== undefined ? utf8(S) : N !== undefined ? sortKeyOf(N) : Buffer.from(B ?? '', 'base64').toString('latin1');
  return text.includes('\0') ? text.replaceAll('\0', '\0\x02') : text;
}

const utf8 = (text: string): string => (ascii.test(text) ? text : Buffer.from(text).toString('latin1'));
