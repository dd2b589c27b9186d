import { describe, expect, it } from '@jest/globals';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { runSaga } from '#test/support/fake-machine.ts';
import { booked, forwardPath, layersAfterFailureOf, sorry, undonePath } from '#test/support/saga-paths.ts';
import { always, booking } from './saga-runs.ts';

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
    'given that the header is not fenced (own status %s), when a step failed, then nothing is undone and no message is sent',
    async (ownStatus) => {
      const run = await runSaga(booking, {
        fence: { fenced: false, ownStatus },
        faults: { ReserveBooking: { error: 'Runtime.HandlerError', times: always } },
      });

      expect(run.states).toEqual(['RouteAction', 'ReserveBooking', 'CancelBooking', 'PeelBack', 'FinalOutcome', sorry]);
    },
  );

  it('given a run, when its header is opened, then that step alone gets the run’s start time', async () => {
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
