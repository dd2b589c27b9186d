import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookingRunReader } from '#functions/booking/cancelling/booking-run-reader.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbReconcilerStore } from '#functions/booking/reconciling/dynamodb-reconciler-store.ts';
import { reconcile } from '#functions/booking/reconciling/reconcile.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { minorUnits } from '#functions/shared/money/decimal-amount.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { aFlight, openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { type SagaSteps, sagaSteps } from '#test/support/saga-steps.ts';
import { type Fate, walkBooking, walkCancel } from '#test/support/saga-walk.ts';
import { aChargeOf, aTrip } from '#test/support/trips.ts';

let table: TestTable;
let steps: SagaSteps;
beforeEach(async () => {
  table = await openBookingTable();
  steps = sagaSteps(table);
});
afterEach(() => table.close());

const walk = (...fates: Fate[]) => ({ fates: fates[Symbol.iterator]() as Iterator<Fate>, late: [] });

const aBookedTrip = async (): Promise<BookingRunInput> => {
  const trip = aTrip();
  await table.put(aFlight(trip.outbound_flight_id, 2));
  await ledgerGateway(table.table).authorize(aChargeOf(trip), {
    amountMinor: minorUnits(trip.amount),
    currency: trip.currency,
  });
  expect(await walkBooking(steps, trip, walk())).toBe('booked');
  return trip;
};

/** Long after, with a Step Functions that knows none of the executions. */
const reconcileLongAfter = async () => {
  const started: string[] = [];
  const outcome = await reconcile({
    store: dynamoDbReconcilerStore(table.table),
    inputOf: bookingRunReader(table.table).inputOf,
    saga: {
      async start(name, input) {
        started.push(name);
        await walkCancel(steps, input as BookingRunInput, input.cause as 'customer' | 'redrive', walk());
        return name;
      },
    },
    report: () => undefined,
    warn: (message) => {
      throw new Error(message);
    },
    now: () => '2100-01-01T00:00:00.000Z',
    ageSeconds: 3600,
    msLeft: () => 60_000,
    random: () => 0,
  });
  return { outcome, started };
};

const expectUndone = async (trip: BookingRunInput) => {
  const items = (await table.all()).filter(({ pk }) => pk === trip.trip_id);
  expect(items).toEqual([expect.objectContaining({ sk: 'BOOKING', status: 'CANCELLED' })]);
  expect(await table.item(keys.flightInventory(trip.outbound_flight_id))).toMatchObject({ seatCapacity: 2 });
  const charge = await table.item(keys.charge(trip.payment_token));
  const paid = minorUnits(trip.amount);
  expect(charge).toMatchObject({ captured_minor: paid, refunded_minor: paid });
};

/** As an older release left it. */
const withoutKeptRun = (trip: BookingRunInput) =>
  table.table.client.send(
    new UpdateCommand({
      TableName: table.table.name,
      Key: keys.booking(trip.trip_id),
      UpdateExpression: 'REMOVE #run',
      ExpressionAttributeNames: { '#run': 'run' },
    }),
  );

describe.each([
  ['whose header keeps its input', async () => undefined],
  ['of an older release, whose header keeps nothing', withoutKeptRun],
])('a booking run that Step Functions has forgotten, %s', (_, left) => {
  it('given a refund that failed and all other layers gone, when reconciled, then it is refunded and ends CANCELLED', async () => {
    const trip = await aBookedTrip();
    const refundFails: Fate[] = ['works', 'fails', 'fails', 'fails', 'fails'];
    expect(await walkCancel(steps, trip, 'customer', walk(...refundFails))).toBe('unfinished');
    const parts = (await table.all()).filter(({ pk, sk }) => pk === trip.trip_id && sk !== 'BOOKING');
    expect(parts).toEqual([expect.objectContaining({ type: 'Payment', transaction_status: 'confirmed' })]);
    await left(trip);

    const { outcome, started } = await reconcileLongAfter();

    expect(outcome).toEqual({ stuckBookings: 1, redriven: 1, left: 0 });
    expect(started).toEqual([`${trip.execution_id}.rr-1`]);
    await expectUndone(trip);
  });

  it('given a confirmed booking that was marked to be cancelled and never was, when reconciled, then it is', async () => {
    const trip = await aBookedTrip();
    const mark = dynamoDbCancellationMarker(table.table, () => '2026-03-02T10:00:00.000Z');
    expect(await mark({ id: trip.trip_id, execution_id: trip.execution_id })).toBe(true);
    await left(trip);

    const { started } = await reconcileLongAfter();

    expect(started).toEqual([`${trip.execution_id}.rc-1`]);
    await expectUndone(trip);
  });

  it('given a run that stopped half-way, when reconciled, then its reservations are undone', async () => {
    const trip = aTrip();
    await table.put(aFlight(trip.outbound_flight_id, 2));
    expect(await walkBooking(steps, trip, walk('works', 'works', 'works', 'ends'))).toBe('unfinished');
    await left(trip);

    await reconcileLongAfter();

    const items = (await table.all()).filter(({ pk }) => pk === trip.trip_id);
    expect(items).toEqual([expect.objectContaining({ sk: 'BOOKING', status: 'CANCELLED' })]);
    expect(await table.item(keys.flightInventory(trip.outbound_flight_id))).toMatchObject({ seatCapacity: 2 });
  });
});
