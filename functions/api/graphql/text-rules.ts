import { fitsMessages, unfitForMessages } from '#schema/message-text.ts';
import { tripIdPattern } from '#schema/saga-input.ts';
import { invalidArgument } from './errors.ts';

/** A character may take four bytes of the 1,024 that DynamoDB admits in the shorter keys. */
const maxKeyCharacters = 250;

/** Ids that nothing can have need not be looked for. */
export const maybeBookingId = (id: string): boolean => tripIdPattern.test(id);
export const maybeFlightId = (id: string): boolean => id !== '' && id.length <= maxKeyCharacters;

/** A value that a request may leave out or give as null; an empty text is given, and has to follow the rules. */
export const given = <Value, Read>(value: Value | null | undefined, read: (value: Value) => Read): Read | undefined =>
  value === null || value === undefined ? undefined : read(value);

export function bookingId(field: string, id: string): string {
  if (!maybeBookingId(id)) throw invalidArgument(`"${field}" must be 1 to 50 letters, digits or hyphens`);
  return id;
}

export function keyText(field: string, text: string): string {
  if (text === '' || text.length > maxKeyCharacters) {
    throw invalidArgument(`"${field}" must be 1 to ${maxKeyCharacters} characters long`);
  }
  return messageText(field, text);
}

export function messageText(field: string, text: string): string {
  if (!fitsMessages(text)) throw invalidArgument(`"${field}" ${unfitForMessages}`);
  return text;
}
