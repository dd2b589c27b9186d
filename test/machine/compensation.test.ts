import { describe, expect, it } from '@jest/globals';
import { runSaga } from '#test/support/fake-machine.ts';
import { forwardPath, layersAfterFailureOf, undonePath } from '#test/support/saga-paths.ts';
import { always, booking } from './saga-runs.ts';

describe('compensation', () => {
  const layers = layersAfterFailureOf.TakePayment ?? [];
  const cases = layers.flatMap((layer) => [0, 1, 2, 3, 4].map((times) => [layer, times] as const));

  it.each(cases)(
    'given that %s fails %i times, when a booking is undone, then the next layers go on',
    async (layer, times) => {
      const run = await runSaga(booking, {
        faults: {
          TakePayment: { error: 'PaymentDeclinedError', times: always },
          [layer]: { error: 'InjectedFaultError', times },
        },
      });

      expect(run.attempts[layer]).toBe(Math.min(times + 1, 4));
      if (times < 4) {
        expect(run.states).toEqual(undonePath('TakePayment'));
        expect(run.deadLetters).toEqual([]);
        return;
      }
      expect(run.states).toEqual([
        ...forwardPath.slice(0, forwardPath.indexOf('TakePayment') + 1),
        'CancelBooking',
        'PeelBack',
        ...layers,
        'CompensationOutcome',
        'SendToDeadLetterQueue',
        'CompensationIncomplete',
      ]);
      expect(run).toMatchObject({ status: 'FAILED', error: 'CompensationFailed' });
      expect(run.deadLetters).toEqual([
        {
          kind: 'compensation',
          trip_id: 'trip-1',
          execution_id: 'trip-1.run',
          execution: expect.stringContaining(':trip-1.run'),
          input: booking,
          failedLayers: { [layer]: { Error: 'InjectedFaultError', Cause: `${layer} failed` } },
        },
      ]);
    },
  );

  it('given that every layer fails for good, when a booking is undone, then one letter names them all', async () => {
    const faults = Object.fromEntries(layers.map((layer) => [layer, { error: 'InjectedFaultError', times: always }]));
    const run = await runSaga(booking, {
      faults: { ...faults, ConfirmBooking: { error: 'BookingNotOpenError', times: always } },
    });

    expect(run.deadLetters).toHaveLength(1);
    expect(Object.keys(run.deadLetters[0]?.failedLayers as object).sort()).toEqual([...layers].sort());
  });

  it.each(['CancelBooking', 'CloseBooking'])(
    'given that %s runs out of retries, then a letter says so',
    async (state) => {
      const run = await runSaga(booking, {
        faults: {
          ReserveHotel: { error: 'InjectedFaultError', times: always },
          [state]: { error: 'Lambda.ServiceException', times: always },
        },
      });

      expect(run.states.slice(-2)).toEqual(['SendToDeadLetterQueue', 'CompensationIncomplete']);
      expect(run.attempts[state]).toBe(4);
      expect(run.states.includes('CancelHotelReservation')).toBe(state === 'CloseBooking');
      expect(Object.keys(run.deadLetters[0]?.failedLayers as object)).toEqual([state]);
    },
  );

  it('given that the dead letter cannot be written, when it is given up, then the run fails with that error and is redriven by it', async () => {
    const run = await runSaga(booking, {
      faults: {
        ReserveHotel: { error: 'InjectedFaultError', times: always },
        CancelHotelReservation: { error: 'InjectedFaultError', times: always },
        SendToDeadLetterQueue: { error: 'SQS.SdkClientException', times: always },
      },
    });

    expect(run).toMatchObject({ status: 'FAILED', error: 'SQS.SdkClientException', deadLetters: [] });
  });
});
