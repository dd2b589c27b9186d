import { describe, expect, it } from '@jest/globals';
import { legs } from '#functions/legs.ts';
import { demoPrice } from '#functions/trip/demo-trip.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import { ownErrorName } from '#test/support/e2e/capabilities.ts';
import { expectSucceeded } from '#test/support/e2e/expect-succeeded.ts';
import {
  aTripId,
  chargeOf,
  deadLettersOf,
  ended,
  type Item,
  itemsOf,
  type Seats,
  seatsOf,
  startDemo,
  statesOf,
} from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { booked, forwardPath, undonePath } from '#test/support/saga-paths.ts';

const demoFlight = 'demo-london-dublin';
const target = openSuite(openTarget);

interface Outcome {
  readonly tripId: string;
  readonly executionId: string;
  readonly status: string | undefined;
  readonly error: string | undefined;
  readonly states: string[];
  readonly header: Item;
  readonly parts: Item[];
  readonly charge: Item;
  readonly seatsBefore: Seats;
  readonly seats: Seats;
}

async function run(runType: string): Promise<Outcome> {
  const tripId = aTripId();
  const seatsBefore = await seatsOf(target, demoFlight);
  const { executionArn, executionId } = await startDemo(target, { runType, tripID: tripId });
  const { status, error } = await ended(target, executionArn);
  const items = await itemsOf(target, tripId);
  return {
    tripId,
    executionId,
    status,
    error,
    states: await statesOf(target, executionArn),
    header: items.find((item) => item.sk === 'BOOKING') ?? {},
    parts: items.filter((item) => item.sk !== 'BOOKING'),
    charge: await chargeOf(target, `demo-${executionId}`),
    seatsBefore,
    seats: await seatsOf(target, demoFlight),
  };
}

/** @param told whether its final message is out: until then it counts as unfinished */
function expectBooked(outcome: Outcome, { told }: { readonly told: boolean }): void {
  const { tripId, executionId, header, parts, charge, seatsBefore, seats } = outcome;
  expect(header).toMatchObject({
    id: tripId,
    status: 'CONFIRMED',
    bookingReference: expect.stringMatching(/^[A-Z2-9]{6}$/),
    outboundFlightId: demoFlight,
    execution_id: executionId,
    customer: 'demo',
    checkedIn: false,
  });
  expect('unfinishedShard' in header).toBe(!told);
  const common = { trip_id: tripId, execution_id: executionId, transaction_status: 'confirmed' };
  const partOf = Object.fromEntries(parts.map(({ pk, sk, id, ...rest }) => [String(sk).split('#')[0], rest]));
  expect(Object.keys(partOf).sort()).toEqual([...legs.map(({ name }) => name.toUpperCase()), 'PAYMENT'].sort());
  expect(partOf).toEqual({
    ...partOf,
    HOTEL: {
      ...common,
      type: 'Hotel',
      hotel: 'holiday inn',
      check_in: '2021-07-10T12:00:00.000Z',
      check_out: '2021-07-12T14:00:00.000Z',
    },
    FLIGHT: {
      ...common,
      type: 'Flight',
      depart: 'London',
      depart_at: '2021-07-10T06:00:00.000Z',
      arrive: 'Dublin',
      arrive_at: '2021-07-12T08:00:00.000Z',
    },
    RENTAL: {
      ...common,
      type: 'Rental',
      rental: 'Volvo',
      rental_from: '2021-07-10T00:00:00.000Z',
      rental_to: '2021-07-12T00:00:00.000Z',
    },
    PAYMENT: { ...common, type: 'Payment', ...demoPrice },
  });
  expect(charge).toMatchObject({ charge_status: 'captured', captured_minor: demoMinorUnits, refunded_minor: 0 });
  expect(seats.capacity).toBe(seatsBefore.capacity - 1);
  expect(seats.holds).toContain(executionId);
}

describe('run types', () => {
  it('given success, when booked, then every part is confirmed, paid and seated', async () => {
    const outcome = await run('success');

    expect(outcome.status).toBe('SUCCEEDED');
    expect(outcome.states).toEqual([...forwardPath, 'NotifyBookingConfirmed', booked]);
    expectBooked(outcome, { told: true });
  });

  it('given a run that should succeed and fails, when it is waited for, then the test says why its booking was undone', async () => {
    const { executionArn } = await startDemo(target, { runType: 'failHotel', tripID: aTripId() });

    await expect(expectSucceeded(target, executionArn)).rejects.toThrow(
      `is FAILED (BookingFailed): ReserveHotel failed: ${ownErrorName('InjectedFaultError')}`,
    );
  });

  it('given failNotification, when booked, then the booking stands and a dead letter names the notification', async () => {
    const outcome = await run('failNotification');

    expect(outcome.status).toBe('SUCCEEDED');
    expect(outcome.states).toEqual([
      ...forwardPath,
      'NotifyBookingConfirmed',
      'SendConfirmationToDeadLetterQueue',
      booked,
    ]);
    expectBooked(outcome, { told: false });
    const letters = await deadLettersOf(target, outcome.tripId);
    expect(letters).toEqual([
      expect.objectContaining({
        kind: 'notification',
        execution_id: outcome.executionId,
        failedLayers: {
          NotifyBookingConfirmed: {
            Error: ownErrorName('InjectedFaultError'),
            Cause: expect.stringContaining('failNotification'),
          },
        },
      }),
    ]);
  });

  const undone = Object.entries(failingStateByRunType).filter(
    ([, state]) => state && state !== 'NotifyBookingConfirmed',
  );

  it.each(undone)('given %s, when %s fails, then nothing is left but a cancelled header', async (runType, state) => {
    const outcome = await run(runType);

    expect(outcome).toMatchObject({ status: 'FAILED', error: 'BookingFailed', parts: [] });
    expect(outcome.states).toEqual(undonePath(String(state)));
    expect(outcome.header).toMatchObject({
      status: 'CANCELLED',
      failureReason: expect.stringContaining(`${state} failed: ${ownErrorName('InjectedFaultError')}`),
    });
    expect(outcome.header).not.toHaveProperty('unfinishedShard');
    expect(outcome.seats.capacity).toBe(outcome.seatsBefore.capacity);
    expect(outcome.seats.holds).not.toContain(outcome.executionId);
    expect(Number(outcome.charge.captured_minor)).toBe(Number(outcome.charge.refunded_minor));
    expect(['authorized', 'voided', 'refunded']).toContain(outcome.charge.charge_status);
  });
});
