import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { DemoQuery } from '#functions/api/demo/demo-query.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { operations } from '#infra/openapi/operations.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import document from '#schema/openapi.json' with { type: 'json' };
import { day, instant } from '#schema/worded.ts';

const wordsFor = (schema: z.ZodMiniType, value: unknown): string => {
  const { error } = z.safeParse(schema, value, { reportInput: true });
  if (error === undefined) throw new Error(`${JSON.stringify(value)} was accepted`);
  return describeIssue(error).message;
};

/** A text that has none of the service's forms, and breaks no other rule than that of its form. */
const formless = '\u00e9 \u00e9';

/** Each field that refuses such a text, with what it says. */
function refusalsOf(place: string, schema: z.ZodMiniType): readonly (readonly [string, string])[] {
  if (schema instanceof z.ZodMiniOptional) return refusalsOf(place, schema.def.innerType as z.ZodMiniType);
  if (schema instanceof z.ZodMiniObject) {
    return Object.entries(schema.shape).flatMap(([name, inner]) =>
      refusalsOf(`${place} ${name}`, inner as z.ZodMiniType),
    );
  }
  return z.safeParse(schema, formless).success ? [] : [[place, wordsFor(schema, formless)]];
}

const asked = operations.flatMap(({ operationId, body, query, path = {}, headers = {} }) => [
  ...(body === undefined ? [] : refusalsOf(operationId, body)),
  ...(query === undefined ? [] : refusalsOf(operationId, query)),
  ...Object.entries({ ...path, ...headers }).flatMap(([name, schema]) => refusalsOf(`${operationId} ${name}`, schema)),
]);

describe('refusals of a form', () => {
  it.each([...asked, ...refusalsOf('demo', DemoQuery), ...refusalsOf('saga', BookingRunInput)])(
    '%s says in words what is expected',
    (_, words) => {
      expect(words).toMatch(/^must (be|have) /);
      expect(words).not.toMatch(/[\\^$[\]{}]/);
    },
  );

  it('are there for dates, limits, ids, codes and keys', () => {
    expect(Object.fromEntries(asked)).toMatchObject({
      'createBooking hotel checkIn': 'must be a date and time such as 2026-07-10T12:00:00Z',
      'createBooking id': 'must be 1 to 50 letters, digits or hyphens',
      'createBooking Idempotency-Key':
        'must be 1 to 255 visible ASCII characters without spaces and commas, given once',
      'listBookings limit': 'must be a whole number from 1 to 100',
      'listFlights departureAirportCode': "must be an airport's three capital letters or digits such as LGW",
      'listFlights departureDate': 'must be a date such as 2026-07-10',
      'createCharge currency': "must be a currency's three letters such as USD",
    });
  });
});

describe('dates and times', () => {
  it.each(['2026-07-10T12:00:00Z', '2026-07-10T12:00:00.123456+02:00', '2024-02-29T00:00:00-11:30'])(
    'an instant may be %s',
    (text) => {
      expect(z.safeParse(instant(), text).success).toBe(true);
    },
  );

  it.each(['2026-07-10', '2026-07-10T12:00:00', '2026-02-29T12:00:00Z', '2026-07-10T24:00:00Z', 'tomorrow', ''])(
    'an instant may not be "%s"',
    (text) => {
      expect(wordsFor(instant(), text)).toBe('must be a date and time such as 2026-07-10T12:00:00Z');
    },
  );

  it('a day is one of the calendar', () => {
    expect(z.safeParse(day(), '2026-07-10').success).toBe(true);
    expect(wordsFor(day(), '2026-02-30')).toBe('must be a date such as 2026-07-10');
  });

  it('say what is wrong where there is no text at all', () => {
    expect([wordsFor(instant(), undefined), wordsFor(day(), 7)]).toEqual(['is missing', 'must be a string']);
  });
});

describe('the OpenAPI document, for generators of clients', () => {
  const schemas: Readonly<Record<string, unknown>>[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) schemas.push(value as Readonly<Record<string, unknown>>);
    for (const inner of Object.values(value)) collect(inner);
  };
  collect(document);

  it('has no constant but texts: generators take `false` for the text "false"', () => {
    const constants = schemas.flatMap((schema) => ('const' in schema ? [schema.const] : []));
    expect(constants.filter((constant) => typeof constant !== 'string')).toEqual([]);
  });

  it('asks for no multiple of a fraction, which validators refuse for 19.99', () => {
    expect(schemas.filter((schema) => 'multipleOf' in schema)).toEqual([]);
  });

  it('lets answers have more fields than it names, and requests not: a later release may tell more', () => {
    const { Booking, BookingList, Problem, CreateBooking, CreateCharge } = document.components.schemas;
    for (const answer of [Booking, Booking.properties.hotel, BookingList, Problem])
      expect(answer).not.toHaveProperty('additionalProperties');
    for (const request of [CreateBooking, CreateBooking.properties.hotel, CreateCharge])
      expect(request).toMatchObject({ additionalProperties: false });
  });

  it('has no pattern beside a date: generators match the date that they made with it', () => {
    const dates = schemas.filter(({ format }) => format === 'date' || format === 'date-time');
    expect(dates.length).toBeGreaterThan(10);
    expect(dates.filter((schema) => 'pattern' in schema)).toEqual([]);
  });
});
