import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { cancelRunInput, executionIdPattern, FenceOutcome, tripIdOf } from '#schema/saga-input.ts';
import { aCancelOf, aFlightAlone, anExecutionId, aTrip } from '#test/support/trips.ts';

const accepts = (schema: { safeParse(input: unknown): { success: boolean } }, input: unknown): boolean =>
  schema.safeParse(input).success;
const refusedField = (input: unknown): string | undefined =>
  BookingRunInput.safeParse(input).error?.issues[0]?.path.join('.');

const mandatory = [
  'trip_id',
  'execution_id',
  'started_at',
  'outbound_flight_id',
  'customer',
  'depart',
  'depart_at',
  'arrive',
  'arrive_at',
  'payment_token',
  'amount',
  'currency',
] as const;

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

  it('has an execution_id of its own trip, since a seat hold tells the trip by it', () => {
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

  it.each(['0.00', '0.01', '999999999.99'])('admits the amount %s', (amount) => {
    expect(accepts(BookingRunInput, aTrip({ amount }))).toBe(true);
  });

  it.each(['hotel', 'check_in', 'check_out'] as const)('is refused with half a hotel: no %s', (field) => {
    expect(refusedField(aTrip({ [field]: undefined }))).toBe('hotel');
  });

  it.each(['rental', 'rental_from', 'rental_to'] as const)('is refused with half a rental: no %s', (field) => {
    expect(refusedField(aTrip({ [field]: undefined }))).toBe('rental');
  });

  it('says of half a leg what goes with it', () => {
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

describe('input of a compensation', () => {
  it('is whatever a booking run may be, and its cancel runs', () => {
    for (const run of [aTrip(), aFlightAlone(), aCancelOf(aTrip()), aCancelOf(aTrip(), 'redrive')]) {
      expect(accepts(CompensationInput, run)).toBe(true);
    }
  });

  it.each(
    mandatory.filter((field) => !['trip_id', 'execution_id', 'started_at', 'outbound_flight_id'].includes(field)),
  )('is accepted without %s, which a forward step refused', (field) => {
    expect(accepts(CompensationInput, aTrip({ [field]: undefined }))).toBe(true);
  });

  it('is accepted with half a leg, which a forward step refused', () => {
    expect(accepts(CompensationInput, aTrip({ check_in: undefined }))).toBe(true);
  });

  it.each(['trip_id', 'execution_id', 'started_at', 'outbound_flight_id'] as const)(
    'is refused without %s',
    (field) => {
      expect(accepts(CompensationInput, { ...aTrip(), [field]: undefined })).toBe(false);
    },
  );

  it.each([
    ['action', 'book'],
    ['cause', 'whim'],
    ['redrive_count', -1],
    ['redrive_count', 1.5],
  ])('is refused with %s %p', (field, value) => {
    expect(accepts(CompensationInput, { ...aCancelOf(aTrip()), [field]: value })).toBe(false);
  });
});

describe('execution ids', () => {
  it('leave room for the longest suffix in the 80 characters of an execution name', () => {
    const longest = (length: number): string => `${'t'.repeat(50)}.${'s'.repeat(length)}`;
    const accepted = Array.from({ length: 60 }, (_, index) => longest(index + 1)).filter((id) =>
      executionIdPattern.test(id),
    );
    // Dead letters may be redriven up to `.redrive-99`.
    expect(Math.max(...accepted.map((id) => `${id}.redrive-99`.length))).toBe(80);
  });

  it('name their trip', () => {
    expect(tripIdOf('trip-1.0123abcd')).toBe('trip-1');
    expect(tripIdOf('trip-1.0123abcd.redrive-2')).toBe('trip-1');
    expect(tripIdOf('trip-1')).toBe('trip-1');
    fc.assert(
      fc.property(fc.stringMatching(executionIdPattern), (id) => {
        expect(id.startsWith(`${tripIdOf(id)}.`)).toBe(true);
      }),
    );
  });

  it('are accepted as tests make them', () => {
    expect(anExecutionId()).toMatch(executionIdPattern);
  });
});

describe('cancelRunInput', () => {
  it("adds action and cause to the booking run's own input", () => {
    const trip = aTrip();
    expect(cancelRunInput(trip, 'customer')).toEqual({ ...trip, action: 'cancel', cause: 'customer' });
  });

  it('counts redrives', () => {
    expect(cancelRunInput(aTrip(), 'redrive', 3)).toMatchObject({ cause: 'redrive', redrive_count: 3 });
  });

  it('leaves out what an earlier run noted: errors, fence, failed layers', () => {
    const trip = aTrip();
    const stale = {
      ...trip,
      TakePaymentError: { Error: 'PaymentDeclinedError', Cause: '' },
      ReserveSeatError: { Error: 'x', Cause: '' },
      fence: { fenced: false },
      failedLayers: { RefundPayment: {} },
    };
    expect(cancelRunInput(stale, 'redrive', 1)).toEqual(cancelRunInput(trip, 'redrive', 1));
  });

  it('replaces action, cause and count of an earlier cancel run', () => {
    const trip = aTrip();
    const earlier = cancelRunInput(trip, 'redrive', 1);
    expect(cancelRunInput(earlier, 'customer', 2)).toEqual({
      ...trip,
      action: 'cancel',
      cause: 'customer',
      redrive_count: 2,
    });
  });

  it('makes an input that the compensations accept', () => {
    expect(accepts(CompensationInput, cancelRunInput(aFlightAlone(), 'redrive', 5))).toBe(true);
  });
});

describe('FenceOutcome', () => {
  it('says whether the booking is fenced, and nothing else will do', () => {
    expect(accepts(FenceOutcome, { fenced: false })).toBe(true);
    expect(accepts(FenceOutcome, {})).toBe(false);
    expect(accepts(FenceOutcome, { fenced: 'yes' })).toBe(false);
  });
});
