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
    item: {
      type: 'Hotel',
      hotel: 'holiday inn',
      check_in: '2021-07-10T12:00:00.000Z',
      check_out: '2021-07-12T14:00:00.000Z',
    },
  },
  {
    name: 'flight',
    leg: flight,
    item: {
      type: 'Flight',
      depart: 'London',
      depart_at: '2021-07-10T06:00:00.000Z',
      arrive: 'Dublin',
      arrive_at: '2021-07-12T08:00:00.000Z',
    },
  },
  {
    name: 'rental',
    leg: rental,
    item: {
      type: 'Rental',
      rental: 'Volvo',
      rental_from: '2021-07-10T00:00:00.000Z',
      rental_to: '2021-07-12T00:00:00.000Z',
    },
  },
];

/** By the name that this file spells, not by the record's. */
const keyOf = ({ name, leg }: (typeof legs)[number], trip: BookingRunInput) =>
  keys.leg(name, trip.trip_id, legIdOf(leg, trip));

const anOpenTrip = async () => {
  const bookings = memoryBookings();
  const trip = aTrip();
  await bookings.headers.open(headerOf(trip), trip.started_at);
  return { ...bookings, trip };
};

describe.each(legs)('the $name', (spelled) => {
  const { leg, item } = spelled;

  it('is reserved under its derived id with the fields of the contract', async () => {
    const { trip, reservations, items } = await anOpenTrip();
    await reserveLeg(leg, trip, { reservations });
    expect([...items.entries()]).toEqual([
      [
        itemName(keyOf(spelled, trip)),
        {
          ...keyOf(spelled, trip),
          trip_id: trip.trip_id,
          ...item,
          id: legIdOf(leg, trip),
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
    expect(items.get(itemName(keyOf(spelled, trip)))).toMatchObject({ transaction_status: 'confirmed' });
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
