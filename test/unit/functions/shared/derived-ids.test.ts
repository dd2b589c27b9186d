import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flight } from '#functions/flight/leg.ts';
import { hotel } from '#functions/hotel/leg.ts';
import { rental } from '#functions/rental/leg.ts';
import { bookingReferenceOf, hashId, legIdOf, paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import { demoTrip } from '#functions/trip/demo-trip.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import { demoTripId } from '#schema/demo-request.ts';
import { anyText } from '#test/support/any-text.ts';
import { aFlightAlone, anExecutionId, aTrip } from '#test/support/trips.ts';

const idOf = {
  hotel: (trip: CompensationInput) => legIdOf(hotel, trip),
  flight: (trip: CompensationInput) => legIdOf(flight, trip),
  rental: (trip: CompensationInput) => legIdOf(rental, trip),
  payment: paymentIdOf,
};

/** The same hash by another way: exact arithmetic, wrapped to 32 bits once at the end. */
function hashByBigInt(text: string): string {
  let sum = 0n;
  for (let index = 0; index < text.length; index++) sum = sum * 31n + BigInt(text.charCodeAt(index));
  const signed = BigInt.asIntN(32, sum);
  return `${signed < 0n ? -signed : signed}`;
}

describe('hashId', () => {
  // Computed outside of JavaScript; the ASCII ones are Java's String.hashCode.
  it.each([
    ['', '0'],
    ['a', '97'],
    ['hello', '99162322'],
    ['holiday inn', '416718815'],
    ['é', '233'],
    ['Zürich', '1482116162'],
    ['日本', '835047'],
    ['😀', '1772899'],
    // The hash of this word is the one 32-bit number whose absolute value does not fit in 31 bits.
    ['polygenelubricants', '2147483648'],
  ])('of "%s" is %s', (text, hash) => {
    expect(hashId(text)).toBe(hash);
  });

  it("equals the example's hash for any text", () => {
    fc.assert(
      fc.property(anyText({ maxLength: 200 }), (text) => {
        expect(hashId(text)).toBe(hashByBigInt(text));
      }),
    );
  });
});

describe('derived ids', () => {
  it("of the example's trip are the example's", () => {
    const trip = aTrip({ execution_id: anExecutionId(demoTripId), ...demoTrip });
    expect(idOf.hotel(trip)).toBe('265846601');
    expect(idOf.flight(trip)).toBe('2039533926');
    expect(idOf.rental(trip)).toBe('531420035');
    expect(idOf.payment(trip)).toBe('613052072');
  });

  it('of a payment count an absent hotel as the empty string', () => {
    expect(idOf.payment(aFlightAlone({ execution_id: anExecutionId(demoTripId) }))).toBe('987512658');
  });

  it('of a payment count an absent flight as the empty string', () => {
    const trip = aTrip({ depart: undefined, arrive: undefined });
    expect(idOf.payment(trip)).toBe(hashId(`${trip.trip_id}${idOf.hotel(trip)}`));
  });

  it('of a leg of half an input count what is absent as the empty string, so that its compensation finds them', () => {
    const trip = aTrip({ check_in: undefined, check_out: undefined });
    expect(idOf.hotel(trip)).toBe(hashId(`${trip.trip_id}${trip.hotel}`));
  });

  it('depend on the trip alone, so that another execution finds the same ones', () => {
    const trip = aTrip();
    const other = aTrip({
      ...trip,
      execution_id: anExecutionId(trip.trip_id),
      payment_token: 'other',
      run_type: 'success',
    });
    for (const id of Object.values(idOf)) expect(id(other)).toBe(id(trip));
  });

  it.each([
    ['hotel', 'hotel'],
    ['hotel', 'check_in'],
    ['flight', 'depart'],
    ['flight', 'arrive'],
    ['rental', 'rental'],
    ['rental', 'rental_from'],
    ['payment', 'hotel'],
    ['payment', 'depart'],
  ] as const)('of the %s change with %s', (kind, field) => {
    const trip = aTrip();
    expect(idOf[kind]({ ...trip, [field]: 'elsewhere' })).not.toBe(idOf[kind](trip));
  });
});

describe('bookingReferenceOf', () => {
  it('is six characters without look-alikes', () => {
    fc.assert(
      fc.property(fc.string(), (executionId) => {
        expect(bookingReferenceOf(executionId)).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
      }),
    );
  });

  it('is the same for every step of an execution', () => {
    const executionId = anExecutionId();
    expect(bookingReferenceOf(executionId)).toBe(bookingReferenceOf(`${executionId}`));
  });

  it.each([
    ['different trips', () => anExecutionId()],
    ['rebookings of one trip', () => anExecutionId(demoTripId)],
    ['numbered executions', (index: number) => `trip-1.${index}`],
  ])('differs between %s', (_, executionIdOf) => {
    const total = 5000;
    const references = Array.from({ length: total }, (_unused, index) => bookingReferenceOf(executionIdOf(index)));
    // A billion references: five thousand random ones share one about once in ninety runs.
    expect(new Set(references).size).toBeGreaterThan(total - 5);
    for (let position = 0; position < 6; position++) {
      expect(new Set(references.map((reference) => reference[position])).size).toBe(32);
    }
  });
});
