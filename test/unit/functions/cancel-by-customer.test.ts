import { describe, expect, it } from '@jest/globals';
import { inputFromParts } from '#functions/booking/booking-run-reader.ts';
import type { Booking } from '#functions/booking/booking-view.ts';
import { cancelByCustomer } from '#functions/booking/cancel-by-customer.ts';
import { flightLeg } from '#functions/flight/flight-leg.ts';
import { hotelLeg } from '#functions/hotel/hotel-leg.ts';
import { rentalLeg } from '#functions/rental/rental-leg.ts';
import { derivedIds } from '#functions/shared/derived-ids.ts';
import { type BookingRunInput, type BookingStatus, CompensationInput } from '#schema/saga-input.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { aFlightAlone, aTrip } from '#test/support/trips.ts';

const alice = { sub: 'alice', isAdmin: false };
const bob = { sub: 'bob', isAdmin: false };
const admin = { sub: 'carol', isAdmin: true };

const bookingOf = (run: BookingRunInput, status: BookingStatus): Booking => ({
  id: run.trip_id,
  status,
  outboundFlightId: run.outbound_flight_id,
  paymentToken: run.payment_token,
  checkedIn: false,
  customer: run.customer,
  createdAt: run.started_at,
  updatedAt: run.started_at,
  execution_id: run.execution_id,
  startedAt: `${run.started_at}#${run.execution_id}`,
});

function aWorld(status: BookingStatus, run = aTrip()) {
  const saga = memoryMachine();
  const booking = bookingOf(run, status);
  const marked: string[] = [];
  return {
    run,
    saga,
    marked,
    mark: async ({ execution_id }: Booking) => {
      marked.push(execution_id);
    },
    bookings: { get: async (id: string) => (id === booking.id ? booking : undefined) },
    runs: { inputOf: async (): Promise<Record<string, unknown>> => run },
  };
}

describe('cancelByCustomer', () => {
  it.each([alice, admin])(
    "given a confirmed booking, when %j cancels it, then the booking run's undoing starts",
    async (caller) => {
      const world = aWorld('CONFIRMED');
      const { trip_id: id, execution_id } = world.run;

      await expect(cancelByCustomer(caller, id, world)).resolves.toMatchObject({ id, status: 'CANCELLING' });

      expect([...world.saga.started]).toEqual([
        [`${execution_id}.cancel`, { ...world.run, action: 'cancel', cause: 'customer' }],
      ]);
    },
  );

  it('given ten at once and one later, then one run is started and all are told the same', async () => {
    const world = aWorld('CONFIRMED');
    const cancel = () => cancelByCustomer(alice, world.run.trip_id, world);
    const answers = [...(await Promise.all(Array.from({ length: 10 }, cancel))), await cancel()];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(world.saga.started.size).toBe(1);
  });

  it.each([
    ['CANCELLING', 'CANCELLING'],
    ['CANCELLED', 'CANCELLED'],
  ] as const)('given a booking that is %s, then that is success and nothing is started', async (status, answered) => {
    const world = aWorld(status);
    await expect(cancelByCustomer(alice, world.run.trip_id, world)).resolves.toMatchObject({ status: answered });
    expect(world.saga.started.size).toBe(0);
  });

  it('given a booking that is still being made, then it says to wait and starts nothing', async () => {
    const world = aWorld('UNCONFIRMED');
    await expect(cancelByCustomer(alice, world.run.trip_id, world)).rejects.toMatchObject({
      name: 'BookingNotCancellableError',
      status: 409,
      message: expect.stringContaining('try again when'),
    });
    expect(world.saga.started.size).toBe(0);
  });

  it("given another customer's booking, then it fails like one that does not exist", async () => {
    const world = aWorld('CONFIRMED');
    const errorOf = (id: string) => cancelByCustomer(bob, id, world).catch((error: Error) => error);
    const [others, absent] = [await errorOf(world.run.trip_id), await errorOf('no-such')];
    expect(others).toEqual(absent);
    expect(others).toMatchObject({ name: 'BookingNotFoundError', status: 404 });
    expect(world.saga.started.size).toBe(0);
  });

  it('given Step Functions is down, then the error is none of the client', async () => {
    const world = { ...aWorld('CONFIRMED'), saga: { start: () => Promise.reject(new Error('down')) } };
    await expect(cancelByCustomer(alice, world.run.trip_id, world)).rejects.toThrow('down');
    // Marked as under way, its repetition would start nothing.
    expect(world.marked).toEqual([]);
  });
});

describe('inputFromParts', () => {
  /** What the saga leaves in the table. */
  const partsOf = (run: BookingRunInput): Record<string, unknown>[] => {
    const own = { execution_id: run.execution_id, transaction_status: 'confirmed' };
    const legs = [hotelLeg, flightLeg, rentalLeg].filter((leg) => leg.keyOf(run) !== undefined);
    const payment = { type: 'Payment', id: derivedIds.payment(run), amount: run.amount, currency: run.currency };
    return [...legs.map((leg) => leg.itemOf(run)), payment].map((item) => ({ ...item, ...own }));
  };

  it.each([
    ['a whole trip', aTrip()],
    ['a flight alone', aFlightAlone()],
  ])('of %s is what its compensations need: the same ids, money and owner', (_, run) => {
    const input = inputFromParts(bookingOf(run, 'CONFIRMED'), partsOf(run));
    expect(input).toEqual({ ...run });
    expect(CompensationInput.safeParse(input).success).toBe(true);
  });

  it('takes nothing of another execution', () => {
    const [run, other] = [aFlightAlone(), aTrip()];
    expect(inputFromParts(bookingOf(run, 'CONFIRMED'), [...partsOf(run), ...partsOf(other)])).toEqual({ ...run });
  });
});
