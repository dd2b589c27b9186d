import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cursor } from '#functions/shared/http/page.ts';
import { cursorOf, pageTokenOf } from '#functions/shared/http/page-token.ts';
import { PageToken } from '#schema/http/bookings.ts';
import { longestKeyText } from '#schema/saga-input.ts';
import { anyText } from '#test/support/any-text.ts';

const query = ['listBookings', 'alice', null];
const cursor = { pk: 'trip-1', sk: 'BOOKING', customer: 'alice', status: 'CONFIRMED' };
const invalid = expect.objectContaining({ name: 'InvalidPageTokenError', field: 'nextToken', status: 400 });

describe('a page token', () => {
  it('gives the cursor back to the query that it was made for', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(text, text), (keys) => {
        expect(cursorOf(query, pageTokenOf(query, keys))).toEqual(keys);
      }),
    );
  });

  it.each([
    ['another caller', ['listBookings', 'bob', null]],
    ['another operation', ['listFlights', 'alice', null]],
    ['another condition', ['listBookings', 'alice', 'CONFIRMED']],
  ])('is refused for %s', (_, other) => {
    expect(() => cursorOf(other, pageTokenOf(query, cursor))).toThrow(invalid);
  });

  it('is refused once a single character is changed, added or taken away', () => {
    const token = pageTokenOf(query, cursor);
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'AZaz09-_=+ '), (at, character) => {
        const changed = [
          `${token.slice(0, at)}${character}${token.slice(at + 1)}`,
          `${token.slice(0, at)}${character}${token.slice(at)}`,
          `${token.slice(0, at)}${token.slice(at + 1)}`,
        ].filter((text) => text !== token);
        for (const text of changed) expect(() => cursorOf(query, text)).toThrow(invalid);
      }),
    );
  });

  it('is no other text, such as a token of an older release', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.uint8Array({ minLength: 28, maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
        ),
        (text) => expect(() => cursorOf(query, text)).toThrow(invalid),
      ),
    );
  });

  it.each([null, 'text', 7, [], [cursor], { pk: 7 }, { pk: { S: 'trip-1' } }, { pk: null }])(
    'that a client made of %j is refused',
    (value) => {
      expect(() => cursorOf(query, pageTokenOf(query, value as unknown as Cursor))).toThrow(invalid);
    },
  );

  it('of the longest keys is within the routes’ limit', () => {
    // Three bytes a character is the most that UTF-8 takes for a unit of UTF-16.
    const longest = '\uFFFD'.repeat(longestKeyText);
    const token = pageTokenOf(query, { pk: 'x'.repeat(50), sk: 'BOOKING', customer: longest, status: 'UNCONFIRMED' });
    expect(PageToken.safeParse(token).success).toBe(true);
  });
});
