import { describe, expect, it } from '@jest/globals';
import { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { aFlightAlone, aTrip } from '#test/support/trips.ts';
import { accepts, mandatory } from './input-checks.ts';

const refusedField = (input: unknown): string | undefined =>
  BookingRunInput.safeParse(input).error?.issues[0]?.path.join('.');

describe('input of a booking run', () => {
  it('is accepted with all legs, and with a flight alone', () => {
    expect(accepts(BookingRunInput, aTrip())).toBe(true);
    expect(accepts(BookingRunInput, aFlightAlone())).toBe(true);
  });

  it('keeps fields that it does not know', () => {
    expect(BookingRunInput.parse({ ...aTrip(), note: 'late arrival' })).toMatchObject({ note: 'late arrival' });
  });

  it.each(mandatory)('is refused without %s, naming it', (field) => {
    expect(refusedField({ ...aTrip(), [field]: undefined })).toBe(field);
  });

  it.each(mandatory)('is refused with a number for %s', (field) => {
    expect(refusedField({ ...aTrip(), [field]: 7 })).toBe(field);
  });

  it.each(mandatory)('is refused with nothing in %s', (field) => {
    expect(refusedField({ ...aTrip(), [field]: '' })).toBe(field);
  });

  it.each([
    ['outbound_flight_id', 250],
    ['customer', 250],
    ['payment_token', 250],
    ['depart', 1000],
    ['hotel', 1000],
    ['rental', 1000],
  ] as const)('admits %s up to %i characters', (field, most) => {
    expect(accepts(BookingRunInput, aTrip({ [field]: 'x'.repeat(most) }))).toBe(true);
    expect(refusedField(aTrip({ [field]: 'x'.repeat(most + 1) }))).toBe(field);
  });

  it.each(['customer', 'payment_token', 'outbound_flight_id', 'depart', 'hotel', 'rental_from', 'note'])(
    'is refused with a character in %s that no queue takes, since its dead letter would be lost',
    (field) => {
      for (const character of ['\ufffe', '\uffff', '\ud83d', '\udfe8']) {
        const { error } = BookingRunInput.safeParse(aTrip({ [field]: `Inn ${character}` }));
        expect(error?.issues[0]).toMatchObject({ path: [field], message: expect.stringContaining('U+FFFF') });
      }
      expect(accepts(BookingRunInput, aTrip({ [field]: 'Hôtel 🏨 \u0001\u{1ffff}' }))).toBe(true);
    },
  );

  it('is refused with such a character deep within, or in the name of a field', () => {
    expect(refusedField({ ...aTrip(), guests: [{ name: 'Ann' }, { name: '\uffff' }] })).toBe('guests.1.name');
    expect(refusedField({ ...aTrip(), 'note\uffff': 1 })).toBe('note\uffff');
  });

  it('is undone all the same with such a character', () => {
    expect(accepts(CompensationInput, aTrip({ hotel: '\uffff' }))).toBe(true);
  });

  it('has an execution_id of its own trip, since a seat hold names the trip by it', () => {
    const trip = aTrip();
    expect(refusedField({ ...trip, trip_id: 'another-trip' })).toBe('execution_id');
    expect(accepts(CompensationInput, { ...trip, trip_id: 'another-trip' })).toBe(false);
  });

  it.each([{ cause: 'foo' }, { redrive_count: -1 }, { action: 'book' }])(
    'is refused with %j, as compensations would',
    (field) => {
      expect(accepts(BookingRunInput, { ...aTrip(), ...field })).toBe(false);
      expect(accepts(CompensationInput, { ...aTrip(), ...field })).toBe(false);
    },
  );

  it('is refused where it would outgrow the state of an execution', () => {
    expect(accepts(BookingRunInput, { ...aTrip(), note: 'x'.repeat(30_000) })).toBe(true);
    expect(accepts(BookingRunInput, { ...aTrip(), note: 'x'.repeat(32_000) })).toBe(false);
  });

  it.each([
    ['trip_id', 'a b'],
    ['trip_id', 'a.b'],
    ['trip_id', 'FLIGHT#1'],
    ['trip_id', 'ü'],
    ['trip_id', 'x'.repeat(51)],
    ['trip_id', 'trip\n'],
    ['execution_id', 'trip'],
    ['execution_id', 'trip.'],
    ['execution_id', 'trip.a.b'],
    ['execution_id', '.a'],
    ['execution_id', `trip.${'a'.repeat(40)}`],
    ['started_at', '2026-03-01T10:00:00Z'],
    ['started_at', '2026-03-01T10:00:00.000+01:00'],
    ['started_at', '2026-03-01 10:00:00.000Z'],
    ['started_at', '1772359200000'],
    ['started_at', 'on 2026-03-01T10:00:00.000Z'],
    ['started_at', '2026-03-01T10:00:00.000Z#a'],
    ['amount', '450'],
    ['amount', '450.0'],
    ['amount', '450.000'],
    ['amount', '-450.00'],
    ['amount', '4,500.00'],
    ['amount', '1234567890.00'],
    ['currency', 'usd'],
    ['currency', 'US'],
    ['currency', 'USDT'],
  ])('is refused with %s "%s"', (field, value) => {
    expect(refusedField({ ...aTrip(), [field]: value })).toBe(field);
  });

  it.each([
    ['trip_id', 'a b', '1 to 50 letters, digits or hyphens'],
    ['execution_id', 'a b', 'the trip_id, a dot and 1 to 18 letters, digits, hyphens or underscores'],
    ['execution_id', 'another-trip.a', 'the trip_id, a dot and a suffix'],
    ['started_at', 'now', 'a time in UTC with milliseconds such as 2026-07-10T12:00:00.000Z'],
    ['amount', 'much', 'a decimal number with two places such as 450.00'],
    ['currency', 'euro', "a currency's three capital letters"],
  ])('is refused with %s "%s" in words: must be %s', (field, value, expected) => {
    const { error } = BookingRunInput.safeParse({ ...aTrip(), [field]: value });
    expect(error?.issues[0]?.message).toBe(`must be ${expected}`);
  });

  it.each(['0.00', '0.01', '999999999.99'])('admits the amount %s', (amount) => {
    expect(accepts(BookingRunInput, aTrip({ amount }))).toBe(true);
  });

  it.each(['hotel', 'check_in', 'check_out'] as const)('is refused with half a hotel: no %s', (field) => {
    expect(refusedField(aTrip({ [field]: undefined }))).toBe('hotel');
  });

  it.each(['rental', 'rental_from', 'rental_to'] as const)('is refused with half a rental: no %s', (field) => {
    expect(refusedField(aTrip({ [field]: undefined }))).toBe('rental');
  });

  it('names the fields that an incomplete leg needs', () => {
    const { error } = BookingRunInput.safeParse(aTrip({ check_in: undefined }));
    expect(error?.issues[0]?.message).toBe('goes with check_in and check_out: give all of them or none');
  });

  it.each([0, 0.4, 1])('admits the cancel failure rate %d', (rate) => {
    expect(accepts(BookingRunInput, aTrip({ cancel_failure_rate: rate }))).toBe(true);
  });

  it.each([-0.1, 1.1, '0.4', Number.NaN])('refuses the cancel failure rate %p', (rate) => {
    expect(refusedField({ ...aTrip(), cancel_failure_rate: rate })).toBe('cancel_failure_rate');
  });
});
