import { describe, expect, it } from '@jest/globals';
import type { HookReply } from '#embedded/testing.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { aBookingRun, authorizeRun, itemsOf, seatsOf } from '#test/support/e2e/saga.ts';
import {
  aTripOf,
  auditSeats,
  book,
  bookedWhole,
  functionOf,
  holdSeat,
  openFaultyCloud,
  ReplyLost,
  seatsOfFlight,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);

/** Reports a failure at once; the function itself runs only when the test says so. */
function delayFunction(state: string): { late: () => Promise<HookReply>; stop: () => void } {
  let run: (() => Promise<HookReply>) | undefined;
  const stop = target.cloud.lambda.intercept(({ functionName, proceed }) => {
    if (functionName !== functionOf(state) || run !== undefined) return proceed();
    run = proceed;
    throw new ReplyLost('no answer in time');
  });
  return {
    stop,
    late: () => {
      if (run === undefined) throw new Error(`${state} was never called`);
      return run();
    },
  };
}

const fenced = ['ReserveHotel', 'ReserveFlight', 'ReserveRental', 'TakePayment'];
const confirming = ['ConfirmHotelBooking', 'ConfirmFlight', 'ConfirmRental', 'ConfirmBooking'];

describe('a write that lands after the compensation', () => {
  it.each([...fenced, ...confirming])(
    'given that %s is late, when it lands, then it is refused and leaves nothing',
    async (state) => {
      const trip = await aTripOf(target);
      const { late, stop } = delayFunction(state);
      await book(target, trip);
      stop();
      expect(await standingOf(target, trip)).toEqual(undone);

      const reply = await late();

      expect(reply.functionError).toBe('Unhandled');
      expect(await standingOf(target, trip)).toEqual(undone);
    },
  );

  it('given that ReserveBooking is late, when it lands on its own tombstone, then it is refused', async () => {
    const trip = await aTripOf(target);
    const { late, stop } = delayFunction('ReserveBooking');
    await book(target, trip);
    stop();

    const reply = await late();

    expect(reply).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'BookingAlreadyExistsError' } });
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it.each([...fenced, ...confirming, 'ReserveBooking'])(
    'given that the trip was booked again, when %s of the first run lands, then it changes nothing',
    async (state) => {
      const first = await aTripOf(target);
      const { late, stop } = delayFunction(state);
      await book(target, first);
      stop();
      const input = aBookingRun({ trip_id: first.input.trip_id, outbound_flight_id: first.flightId });
      await authorizeRun(target, input);
      const second: Trip = { input, flightId: first.flightId };
      expect((await book(target, second)).status).toBe('SUCCEEDED');
      const before = await itemsOf(target, input.trip_id);

      await late();

      expect(await itemsOf(target, input.trip_id)).toEqual(before);
      expect(await standingOf(target, second)).toEqual(bookedWhole);
      expect((await standingOf(target, first)).paid).toBe(0);
    },
  );

  it('given seat holds that land late, when the seats are audited, then they are free again and a metric counts them', async () => {
    const trip = await aTripOf(target, { run_type: 'failHotel' });
    await book(target, trip);
    const live = await aTripOf(target);
    await book(target, live);
    await holdSeat(target, trip.flightId, trip.input.execution_id);
    expect(await standingOf(target, trip)).toMatchObject({ seats: seatsOfFlight - 1, holds: 1 });
    const demo = await seatsOf(target, demoFlightId);
    await holdSeat(target, demoFlightId, trip.input.execution_id);
    const released = target.cloud.logs.sum({ name: 'ReleasedSeatHolds' });

    await auditSeats(target);

    expect(await standingOf(target, trip)).toEqual(undone);
    expect(await standingOf(target, live)).toEqual(bookedWhole);
    expect(await seatsOf(target, demoFlightId)).toEqual(demo);
    expect(target.cloud.logs.sum({ name: 'ReleasedSeatHolds' })).toBe(released + 2);
  });
});
