import { createHash } from 'node:crypto';

/** What a customer's idempotency key stands for: derived, so that every repetition finds the same booking. */
export interface BookingIdentity {
  /** Of the record in the table. */
  readonly hash: string;
  /** The booking's id where the client gives none. */
  readonly bookingId: string;
  /** Second half of the execution's name. */
  readonly suffix: string;
}

/**
 * A string is the client's own idempotency key. REST's `Idempotency-Key` and GraphQL's `clientMutationId` share one key
 * space, so a retry through the other API does not book twice. Bookings that are identified by their id alone have a key
 * space of their own.
 */
export type BookingKey = string | readonly ['id', ...string[]];

/** As much as fits behind a trip id of 50 characters: 108 bits. */
const suffixLength = 18;

/** Keys are the customer's own: two customers may use the same one. */
export function bookingIdentity(customer: string, key: BookingKey): BookingIdentity {
  const hash = createHash('sha256')
    .update(JSON.stringify([customer, key]))
    .digest();
  return {
    hash: hash.toString('hex'),
    bookingId: uuidOf(createHash('sha256').update('booking').update(hash).digest()),
    suffix: suffixOf(hash),
  };
}

/**
 * Second half of the name of a run that comes after another one under its trip's id. A key may be used again after its
 * stored request has expired, while reservations and loyalty points are found by the old name for ever.
 * @param before the execution_id in the trip's header
 */
export function suffixAfter(customer: string, key: BookingKey, before: string): string {
  return suffixOf(
    createHash('sha256')
      .update(JSON.stringify([customer, key, before]))
      .digest(),
  );
}

const suffixOf = (hash: Buffer): string => hash.toString('base64url').slice(0, suffixLength);

/** RFC 9562, version 8: a UUID of the maker's own bits. */
function uuidOf(bytes: Buffer): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own[6] = ((own[6] ?? 0) & 0x0f) | 0x80;
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
