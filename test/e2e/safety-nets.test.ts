import { InvokeCommand } from '@aws-sdk/client-lambda';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import { hotel } from '#functions/hotel/leg.ts';
import { legIdOf } from '#functions/shared/saga/derived-ids.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { redriveNameOf } from '#schema/execution-names.ts';
import { keys, seatAuditAttribute, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { expectSucceeded } from '#test/support/e2e/expect-succeeded.ts';
import {
  aBookingRun,
  aFlight,
  aPaidRun,
  ended,
  executionArn,
  itemsOf,
  put,
  seatsOf,
  startExecution,
} from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

/** Runs a scheduled function now. @returns its answer */
async function invoke(name: string): Promise<Record<string, unknown>> {
  const { Payload, FunctionError } = await target.lambda.send(
    new InvokeCommand({ FunctionName: `booking-saga-local-${name}`, Payload: Buffer.from('{}') }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, unknown>;
  if (FunctionError !== undefined) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
}

const hold = (flightId: string, holds: readonly string[]) =>
  target.dynamodb.send(
    new UpdateCommand({
      TableName: target.tableName,
      Key: keys.flightInventory(flightId),
      UpdateExpression: 'SET seatCapacity = seatCapacity - :seats ADD seatHolds :holds',
      ExpressionAttributeValues: { ':seats': holds.length, ':holds': new Set(holds) },
    }),
  );

describe('the audit of seat holds', () => {
  it('given holds that no booking has, when it runs, then their seats are free again and those of bookings stay', async () => {
    const { input: booked, flightId } = await aPaidRun(target, 10);
    await ended(target, await startExecution(target, booked.execution_id, booked));
    await hold(flightId, [aBookingRun().execution_id, `${booked.trip_id}.another`, '.x', 'y'.repeat(3000)]);
    expect(await seatsOf(target, flightId)).toMatchObject({ capacity: 5 });

    await invoke('audit-seat-holds');

    expect(await seatsOf(target, flightId)).toEqual({ capacity: 9, holds: [booked.execution_id] });
  });

  it('given a flight that has departed, when it has run, then the flight is audited no more', async () => {
    const flightId = await aFlight(target, 1);
    await target.dynamodb.send(
      new UpdateCommand({
        TableName: target.tableName,
        Key: keys.flightInventory(flightId),
        UpdateExpression: `SET ${seatAuditAttribute} = :departing, departureDate = :date`,
        ExpressionAttributeValues: { ':departing': 'departing', ':date': '2021-07-10' },
      }),
    );
    await hold(flightId, [aBookingRun().execution_id]);

    await invoke('audit-seat-holds');
    await hold(flightId, [aBookingRun().execution_id]);
    await invoke('audit-seat-holds');

    expect(await seatsOf(target, flightId)).toMatchObject({ capacity: 0, holds: [expect.any(String)] });
  });
});

describe('the reconciler', () => {
  it('given a booking whose execution nothing knows of, when it runs, then the booking is undone', async () => {
    const flightId = await aFlight(target, 10);
    const run = aBookingRun({ outbound_flight_id: flightId }) as BookingRunInput;
    await put(target, {
      ...keys.booking(run.trip_id),
      id: run.trip_id,
      status: 'UNCONFIRMED',
      customer: run.customer,
      outboundFlightId: flightId,
      paymentToken: run.payment_token,
      checkedIn: false,
      execution_id: run.execution_id,
      startedAt: startedAtOf(run),
      createdAt: run.started_at,
      updatedAt: '2020-01-01T00:00:00.000Z',
      [unfinishedShardAttribute]: unfinishedShardOf(run.trip_id),
      run: keptRunOf(run),
    });
    await put(target, {
      ...keys.leg(hotel.name, run.trip_id, legIdOf(hotel, run)),
      execution_id: run.execution_id,
      transaction_status: 'pending',
    });
    await hold(flightId, [run.execution_id]);

    expect(await invoke('reconcile-bookings')).toMatchObject({ left: 0 });

    const redrive = executionArn(target, redriveNameOf(run.execution_id, 'redrive', 1));
    await expectSucceeded(target, redrive);
    expect(await itemsOf(target, run.trip_id)).toEqual([expect.objectContaining({ status: 'CANCELLED' })]);
    expect(await seatsOf(target, flightId)).toEqual({ capacity: 10, holds: [] });
  });
});
