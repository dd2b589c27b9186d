import { describe, expect, it } from '@jest/globals';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { runSaga } from '#test/support/fake-machine.ts';
import {
  booked,
  cancelRunPath,
  forwardPath,
  layersAfterFailureOf,
  sorry,
  undonePath,
} from '#test/support/saga-paths.ts';

const booking = {
  trip_id: 'trip-1',
  execution_id: 'trip-1.run',
  started_at: '2026-01-01T00:00:00.000Z',
  outbound_flight_id: 'f1',
};
const cancel = { ...booking, action: 'cancel', cause: 'customer' };
const always = Number.POSITIVE_INFINITY;

describe('booking run', () => {
  it('given no fault, when run, then every forward state is visited once and nothing else', async () => {
    const run = await runSaga(booking);

    expect(run.states).toEqual([...forwardPath, 'NotifyBookingConfirmed', booked]);
    expect(run.status).toBe('SUCCEEDED');
    expect(Object.values(run.attempts).every((attempts) => attempts === 1)).toBe(true);
    expect(run.deadLetters).toEqual([]);
  });

  it.each(Object.entries(failingStateByRunType).filter(([, state]) => state && state !== 'NotifyBookingConfirmed'))(
    'given run type %s, when %s fails, then exactly its layers are undone in reverse',
    async (_runType, state) => {
      const run = await runSaga(booking, {
        faults: { [String(state)]: { error: 'InjectedFaultError', times: always } },
      });

      expect(run.states).toEqual(undonePath(String(state)));
      expect(run).toMatchObject({ status: 'FAILED', error: 'BookingFailed', deadLetters: [] });
      expect(run.attempts[String(state)]).toBe(1);
    },
  );

  it.each(Object.keys(layersAfterFailureOf))(
    'given that the outcome of %s is unknown, when it times out for good, then its own layer is undone too',
    async (state) => {
      const run = await runSaga(booking, { faults: { [state]: { error: 'States.Timeout', times: always } } });

      expect(run.states).toEqual(undonePath(state));
    },
  );

  it.each(forwardPath.slice(1).filter((state) => state !== 'ReserveSeat'))(
    'given a passing trouble of Lambda, when %s succeeds at last, then the booking is made',
    async (state) => {
      const run = await runSaga(booking, { faults: { [state]: { error: 'Lambda.ServiceException', times: 3 } } });

      expect(run.states.at(-1)).toBe(booked);
      expect(run.attempts[state]).toBe(4);
    },
  );

  it('given a flight that is sold out, when the seat is refused, then it is not asked for again', async () => {
    const error = 'DynamoDB.ConditionalCheckFailedException';
    const run = await runSaga(booking, {
      faults: { ReserveSeat: { error, times: always }, ReleaseSeat: { error, times: always } },
    });

    expect(run.states).toEqual(undonePath('ReserveSeat'));
    expect(run.attempts).toMatchObject({ ReserveSeat: 1, ReleaseSeat: 1 });
    expect(run.deadLetters).toEqual([]);
  });

  it('given that the trip is booked, when the run is refused, then it ends without touching the header', async () => {
    const run = await runSaga(booking, {
      faults: { ReserveBooking: { error: 'BookingAlreadyExistsError', times: always } },
    });

    expect(run.states).toEqual(['RouteAction', 'ReserveBooking', 'FinalOutcome', sorry]);
    expect(run).toMatchObject({ status: 'FAILED', error: 'BookingFailed', deadLetters: [] });
    expect(run.attempts).toEqual({ ReserveBooking: 1 });
  });

  it.each([undefined, 'CONFIRMED', 'CANCELLED'])(
    'given that the header is not fenced (own status %s), when a step failed, then nothing is undone or told',
    async (ownStatus) => {
      const run = await runSaga(booking, {
        fence: { fenced: false, ownStatus },
        faults: { ReserveBooking: { error: 'Runtime.HandlerError', times: always } },
      });

      expect(run.states).toEqual(['RouteAction', 'ReserveBooking', 'CancelBooking', 'PeelBack', 'FinalOutcome', sorry]);
    },
  );

  it('given a run, when its header is opened, then it is told when the run was started, and no other step is', async () => {
    const run = await runSaga(booking);

    expect(run.inputs.ReserveBooking).toEqual({
      run: booking,
      openedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(run.inputs.ReserveHotel).toEqual(booking);
  });

  it('given that the confirmation cannot be sent, when it is given up, then a letter is written and the booking stands', async () => {
    const run = await runSaga(booking, {
      faults: { NotifyBookingConfirmed: { error: 'InjectedFaultError', times: always } },
    });

    expect(run.states).toEqual([...forwardPath, 'NotifyBookingConfirmed', 'SendConfirmationToDeadLetterQueue', booked]);
    expect(run.deadLetters).toEqual([
      expect.objectContaining({
        kind: 'notification',
        trip_id: 'trip-1',
        input: booking,
        failedLayers: {
          NotifyBookingConfirmed: { Error: 'InjectedFaultError', Cause: 'NotifyBookingConfirmed failed' },
        },
      }),
    ]);
  });

  it('given that neither the confirmation nor its letter can be sent, when both are given up, then the booking stands', async () => {
    const run = await runSaga(booking, {
      faults: {
        NotifyBookingConfirmed: { error: 'InjectedFaultError', times: always },
        SendConfirmationToDeadLetterQueue: { error: 'SQS.SdkClientException', times: always },
      },
    });

    expect(run).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('given that the cancellation notice cannot be sent, when it is given up, then a letter is written and the run ends as undone', async () => {
    const run = await runSaga(booking, {
      faults: {
        ReserveHotel: { error: 'InjectedFaultError', times: always },
        NotifyBookingFailed: { error: 'InjectedFaultError', times: always },
      },
    });

    expect(run.states.slice(-4)).toEqual([
      'NotifyBookingFailed',
      'SendCancellationToDeadLetterQueue',
      'FinalOutcome',
      sorry,
    ]);
    expect(run.deadLetters).toEqual([expect.objectContaining({ kind: 'notification' })]);
  });
});

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

describe('cancel run', () => {
  it.each(['customer', 'redrive'])(
    'given cause %s, when run, then every layer is undone from the top',
    async (cause) => {
      const run = await runSaga({ ...cancel, cause }, { name: 'trip-1.run.cancel' });

      expect(run.states).toEqual(cancelRunPath);
      expect(run.status).toBe('SUCCEEDED');
    },
  );

  it('given a header that is not its own, when run, then nothing is undone and it has succeeded', async () => {
    const run = await runSaga(cancel, { name: 'trip-1.run.cancel', fence: { fenced: false } });

    expect(run.states).toEqual([
      'RouteAction',
      'CancelBooking',
      'PeelBack',
      'FinalOutcome',
      'We have cancelled your booking',
    ]);
  });

  it.each([
    ['CONFIRMED', ['NotifyBookingConfirmed', booked]],
    ['CANCELLED', ['NotifyBookingFailed', 'FinalOutcome', 'We have cancelled your booking']],
  ])('given a redrive that finds its own booking %s, when run, then that is told', async (ownStatus, told) => {
    const run = await runSaga(
      { ...cancel, cause: 'redrive' },
      { name: 'trip-1.run.rr-1', fence: { fenced: false, ownStatus } },
    );

    expect(run.states).toEqual(['RouteAction', 'CancelBooking', 'PeelBack', ...told]);
    expect(run.status).toBe('SUCCEEDED');
  });

  it('given a stale error of the first run, when run, then it enters at the top all the same', async () => {
    const stale = { ReserveBookingError: { Error: 'X', Cause: 'Y' } };
    const run = await runSaga({ ...cancel, ...stale }, { name: 'trip-1.run.cancel' });

    expect(run.states).toEqual(cancelRunPath);
  });
});

describe('RouteAction', () => {
  const rejected = { status: 'FAILED', error: 'InvalidSagaInput', states: ['RouteAction', 'RejectInput'] };

  it.each(Object.keys(booking))('given an input without %s, when started, then it is rejected', async (field) => {
    const { [field as keyof typeof booking]: _, ...rest } = booking;
    expect(await runSaga(rest, { name: 'trip-1.run' })).toMatchObject(rejected);
    expect(await runSaga({ ...booking, [field]: 1 }, { name: 'trip-1.run' })).toMatchObject(rejected);
  });

  it('given a booking run under another name than its execution_id, when started, then it is rejected', async () => {
    expect(await runSaga(booking, { name: 'trip-1.other' })).toMatchObject(rejected);
  });

  it('given an input that ReserveBooking refuses, when started, then it is rejected and nothing is undone', async () => {
    const run = await runSaga(booking, { faults: { ReserveBooking: { error: 'InvalidSagaInputError', times: 1 } } });

    expect(run).toMatchObject({ status: 'FAILED', error: 'InvalidSagaInput', deadLetters: [] });
    expect(run.states).toEqual(['RouteAction', 'ReserveBooking', 'RejectInput']);
  });

  it.each([{}, null, { RefundPayment: {} }])(
    'given failed layers of an earlier run (%j), when started, then it is rejected',
    async (stale) => {
      expect(await runSaga({ ...booking, failedLayers: stale })).toMatchObject(rejected);
      expect(await runSaga({ ...cancel, failedLayers: stale }, { name: 'trip-1.run.cancel' })).toMatchObject(rejected);
    },
  );

  it('given an unknown action, when started, then it is rejected', async () => {
    expect(await runSaga({ ...booking, action: 'book' })).toMatchObject(rejected);
  });
});
