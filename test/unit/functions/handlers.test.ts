import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import '#test/support/lambda-environment.ts';
import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { type Leg, legs } from '#functions/legs.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { type LegVerb, legVerbs } from '#functions/trip/define-leg.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { asTableOfFunctions } from '#test/support/functions-table.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { backwardFunctions, forwardFunctions } from '#test/support/saga-paths.ts';
import { aChargeOf, aTrip } from '#test/support/trips.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** By state; the modules read their environment and make their clients at load. */
const modules = {
  ReserveBooking: () => import('#functions/booking/steps/reserve-booking.ts'),
  TakePayment: () => import('#functions/payment/take-payment.ts'),
  ConfirmBooking: () => import('#functions/booking/steps/confirm-booking.ts'),
  NotifyBookingConfirmed: () => import('#functions/notification/notify-booking-confirmed.ts'),
  CancelBooking: () => import('#functions/booking/steps/cancel-booking.ts'),
  RefundPayment: () => import('#functions/payment/refund-payment.ts'),
  CloseBooking: () => import('#functions/booking/steps/close-booking.ts'),
  NotifyBookingFailed: () => import('#functions/notification/notify-booking-failed.ts'),
} as const;
type State = keyof typeof modules | Leg['states'][LegVerb];

const layers = legs.map(({ states }) => states.cancel);
const forward: readonly State[] = [...forwardFunctions, 'NotifyBookingConfirmed'];

const handlers = new Map<State, Handler>();
const table = openSuite(openBookingTable);
const output = outputOfEachTest();
beforeAll(async () => {
  Object.assign(process.env, {
    BOOKING_TOPIC_ARN: 'arn:topic',
    STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:saga',
    RECONCILE_AGE_SECONDS: '60',
  });
  asTableOfFunctions(table);
  for (const [state, load] of Object.entries(modules)) handlers.set(state as State, (await load()).handler as Handler);
  const { legStep } = await import('#functions/shared/saga/leg-step.ts');
  for (const leg of legs) for (const verb of legVerbs) handlers.set(leg.states[verb], legStep(leg, verb));
});
afterAll(() => {
  jest.restoreAllMocks();
});

const run = async (states: readonly State[], event: unknown): Promise<unknown[]> => {
  const results: unknown[] = [];
  for (const state of states) results.push(await handlers.get(state)?.(event, aContext({ functionName: state })));
  return results;
};
const anAuthorizedTrip = async () => {
  const trip = aTrip();
  await ledgerGateway(table.table).authorize(aChargeOf(trip), { amountMinor: demoMinorUnits, currency: 'USD' });
  return trip;
};
const itemsOf = async (tripId: string) => (await table.all()).filter(({ pk }) => pk === tripId);
const publishedTo = () => jest.spyOn(SNSClient.prototype, 'send').mockImplementation(async () => ({}));
const statusesIn = (spy: { mock: { calls: unknown[][] } }) =>
  spy.mock.calls.map(([sent]) => JSON.parse((sent as PublishCommand).input.Message ?? '').status);

describe('the functions of the machine', () => {
  it('book a trip, one after the other', async () => {
    const [trip, topic] = [await anAuthorizedTrip(), publishedTo()];
    await run(forward, trip);
    const items = await itemsOf(trip.trip_id);
    expect(items.map(({ type, status, transaction_status }) => [type, status ?? transaction_status]).sort()).toEqual(
      [
        [undefined, 'CONFIRMED'],
        ...legs.map(({ itemType }) => [itemType, 'confirmed']),
        ['Payment', 'confirmed'],
      ].sort(),
    );
    expect(await table.item(keys.booking(trip.trip_id))).toMatchObject({
      bookingReference: bookingReferenceOf(trip.execution_id),
    });
    expect(await table.item(keys.charge(trip.payment_token))).toMatchObject({ charge_status: 'captured' });
    expect(statusesIn(topic)).toEqual(['CONFIRMED']);
    expect(output.metricNames().filter((name) => name !== 'ColdStart')).toEqual([
      'SuccessfulReservation',
      'SuccessfulBooking',
      'SuccessfulNotification',
    ]);
    topic.mockRestore();
  });

  it('undo it, one after the other', async () => {
    const [trip, topic] = [await anAuthorizedTrip(), publishedTo()];
    await run(forward, trip);
    const [fence] = await run(backwardFunctions, { ...trip, action: 'cancel', cause: 'customer' });
    expect(fence).toEqual({ fenced: true });
    expect((await itemsOf(trip.trip_id)).map(({ sk, status }) => [sk, status])).toEqual([['BOOKING', 'CANCELLED']]);
    expect(await table.item(keys.charge(trip.payment_token))).toMatchObject({ charge_status: 'refunded' });
    expect(statusesIn(topic)).toEqual(['CONFIRMED', 'CANCELLED']);
    expect(output.metricNames()).toContain('SuccessfulCancellation');
    topic.mockRestore();
  });

  it.each(
    Object.entries(failingStateByRunType).flatMap(([runType, state]) =>
      state === undefined ? [] : [[runType, state] as const],
    ),
  )('know their own state: %s fails %s', async (run_type, state) => {
    const call = handlers.get(state)?.(aTrip({ run_type }), aContext());
    await expect(call).rejects.toMatchObject({
      name: 'InjectedFaultError',
      message: expect.stringMatching(`^${state} `),
    });
  });

  it.each<State>(['RefundPayment', ...layers])('know their own state: %s fails at the cancel rate', async (state) => {
    const call = handlers.get(state)?.(aTrip({ run_type: 'failPayment', cancel_failure_rate: 1 }), aContext());
    await expect(call).rejects.toMatchObject({
      name: 'InjectedFaultError',
      message: expect.stringMatching(`^${state} `),
    });
  });

  it.each(forward.filter((state) => state !== 'NotifyBookingConfirmed'))(
    '%s refuses an input that is no booking run’s',
    async (state) => {
      await expect(handlers.get(state)?.(aTrip({ amount: 'much' }), aContext())).rejects.toMatchObject({
        name: 'InvalidSagaInputError',
      });
    },
  );

  it('undo an input that every forward function refused', async () => {
    const topic = publishedTo();
    const refused = aTrip({ amount: 'much', customer: '', check_in: undefined, depart: undefined });
    await run(backwardFunctions, { ...refused, ReserveBookingError: { Error: 'InvalidSagaInputError', Cause: '{}' } });
    expect(await table.item(keys.booking(refused.trip_id))).toMatchObject({ status: 'CANCELLED' });
    expect(statusesIn(topic)).toEqual(['CANCELLED']);
    topic.mockRestore();
  });
});
