import { describe, expect, it } from '@jest/globals';
import { runSaga } from '#test/support/fake-machine.ts';
import { booked, cancelRunPath } from '#test/support/saga-paths.ts';
import { booking } from './saga-runs.ts';

const cancel = { ...booking, action: 'cancel', cause: 'customer' };

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
