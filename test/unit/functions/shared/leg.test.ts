import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { hotel } from '#functions/hotel/leg.ts';
import { rental } from '#functions/rental/leg.ts';
import { legIdOf } from '#functions/shared/saga/derived-ids.ts';
import { cancelLeg, confirmLeg, reserveLeg } from '#functions/shared/saga/leg.ts';
import { BookingNotOpenError, ReservationNotFoundError } from '#functions/shared/saga/reservation-errors.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { itemName, memoryBookings } from '#test/support/memory-bookings.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { aFlightAlone, aTrip, headerOf } from '#test/support/trips.ts';

const legs = [
  {
    name: 'hotel',
    leg: hotel,
    keyOf: (trip: BookingRunInput) => keys.leg('hotel', trip.trip_id, legIdOf(hotel, trip)),
    item: (trip: BookingRunInput) => ({
      type: 'Hotel',
      id: legIdOf(hotel, trip),
      hotel: 'holiday inn',
      check_in: '2021-07-10T12:00:00.000Z',
      check_out: '2021-07-12T14:00:00.000Z',
    }),
  },
  {
    name: 'flight',
    leg: flight,
    keyOf: (trip: BookingRunInput) => keys.leg('flight', trip.trip_id, legIdOf(flight, trip)),
    item: (trip: BookingRunInput) => ({
      type: 'Flight',
      id: legIdOf(flight, trip),
      depart: 'London',
      depart_at: '2021-07-10T06:00:00.000Z',
      arrive: 'Dublin',
      arrive_at: '2021-07-12T08:00:00.000Z',
    }),
  },
  {
    name: 'rental',
    leg: rental,
    keyOf: (trip: BookingRunInput) => keys.leg('rental', trip.trip_id, legIdOf(rental, trip)),
    item: (trip: BookingRunInput) => ({
      type: 'Rental',
      id: legIdOf(rental, trip),
      rental: 'Volvo',
      rental_from: '2021-07-10T00:00:00.000Z',
      rental_to: '2021-07-12T00:00:00.000Z',
    }),
  },
];

const anOpenTrip = async () => {
  const bookings = memoryBookings();
  const trip = aTrip();
  await bookings.headers.open(headerOf(trip), trip.started_at);
  return { ...bookings, trip };
};

describe.each(legs)('the $name', ({ leg, keyOf, item }) => {
  it('is reserved under its derived id with the fields of the contract', async () => {
    const { trip, reservations, items } = await anOpenTrip();
    await reserveLeg(leg, trip, { reservations });
    expect([...items.entries()]).toEqual([
      [
        itemName(keyOf(trip)),
        {
          ...keyOf(trip),
          trip_id: trip.trip_id,
          ...item(trip),
          transaction_status: 'pending',
          execution_id: trip.execution_id,
        },
      ],
    ]);
  });

  it('is confirmed and cancelled where it was reserved', async () => {
    const { trip, reservations, items } = await anOpenTrip();
    await reserveLeg(leg, trip, { reservations });
    await confirmLeg(leg, trip, { reservations });
    expect(items.get(itemName(keyOf(trip)))).toMatchObject({ transaction_status: 'confirmed' });
    await cancelLeg(leg, trip, { reservations });
    expect(items.size).toBe(0);
  });

  it('fails to be confirmed unless it was reserved', async () => {
    const { trip, reservations } = await anOpenTrip();
    await expect(confirmLeg(leg, trip, { reservations })).rejects.toThrow(ReservationNotFoundError);
  });

  it('is cancelled without complaint where it was never reserved', async () => {
    const { reservations } = memoryBookings();
    await expect(cancelLeg(leg, aTrip(), { reservations })).resolves.toBeUndefined();
  });

  it('fails to be reserved where the booking is not open', async () => {
    const { reservations } = memoryBookings();
    await expect(reserveLeg(leg, aTrip(), { reservations })).rejects.toThrow(BookingNotOpenError);
  });
});

describe.each(legs.filter(({ name }) => name !== 'flight'))('a $name that the booking does not ask for', ({ leg }) => {
  it('is skipped without a call, whether the booking is open or not', async () => {
    const calls: Recorded[] = [];
    const reservations = recorded('reservations', memoryBookings().reservations, calls);
    for (const step of [reserveLeg, confirmLeg, cancelLeg]) await step(leg, aFlightAlone(), { reservations });
    expect(callsOf(calls)).toEqual([]);
  });
});

it('a cancelled leg of half an input, which the forward step refused, has nothing to undo', async () => {
  const { reservations } = memoryBookings();
  await expect(cancelLeg(hotel, aTrip({ check_in: undefined }), { reservations })).resolves.toBeUndefined();
});
