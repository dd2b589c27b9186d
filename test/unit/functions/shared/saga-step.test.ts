import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PaymentDeclinedError } from '#functions/payment/payment-errors.ts';
import { cutToBytes } from '#functions/shared/aws/lambda-middleware.ts';
import { count, countInvalidRequest, metrics } from '#functions/shared/aws/observability.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { aTrip } from '#test/support/trips.ts';

const output = outputOfEachTest();

const failure = async (call: Promise<unknown>): Promise<Error> => {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('the step succeeded');
};

describe('a step of the saga', () => {
  it('gives the domain function its input and returns its result', async () => {
    const step = sagaStep('ReserveHotel', BookingRunInput, async (trip) => ({ for: trip.trip_id }));
    const trip = aTrip();
    await expect(step(trip, aContext())).resolves.toEqual({ for: trip.trip_id });
  });

  it('refuses an input that does not fit before anything is done', async () => {
    let calls = 0;
    const step = sagaStep('ReserveHotel', BookingRunInput, async () => ++calls);
    const error = await failure(step(aTrip({ amount: 'much' }), aContext()));
    expect(error).toMatchObject({ name: 'InvalidSagaInputError', message: expect.stringContaining('"amount"') });
    expect(calls).toBe(0);
  });

  it.each([undefined, null, 'text'])('refuses %p for an input, too', async (event) => {
    const step = sagaStep('ReserveHotel', BookingRunInput, async () => undefined);
    expect(await failure(step(event, aContext()))).toMatchObject({ name: 'InvalidSagaInputError' });
  });

  it('fails on purpose where its run type says so, before anything is done', async () => {
    let calls = 0;
    const step = sagaStep('ReserveHotel', BookingRunInput, async () => ++calls);
    const error = await failure(step(aTrip({ run_type: 'failHotel' }), aContext()));
    expect(error).toMatchObject({ name: 'InjectedFaultError' });
    expect(calls).toBe(0);
    await expect(step(aTrip({ run_type: 'failFlights' }), aContext())).resolves.toBe(1);
  });

  it.each([
    ['1', 'InjectedFaultError'],
    ['0', 'the step succeeded'],
    ['', 'the step succeeded'],
  ])(
    'given a stage with the cancel failure rate "%s", then a cancel of a failing run ends in %s',
    async (rate, end) => {
      process.env.CANCEL_FAILURE_RATE = rate;
      const step = sagaStep('RefundPayment', BookingRunInput, async () => 'the step succeeded');
      delete process.env.CANCEL_FAILURE_RATE;
      const ended = step(aTrip({ run_type: 'failPayment' }), aContext()).catch((error: Error) => error.name);
      await expect(ended).resolves.toBe(end);
    },
  );

  it("keeps the error's name, which the machine matches on", async () => {
    const step = sagaStep('TakePayment', BookingRunInput, () => Promise.reject(new PaymentDeclinedError('No money')));
    const error = await failure(step(aTrip(), aContext()));
    expect(error).toMatchObject({ name: 'PaymentDeclinedError', message: 'No money' });
  });

  it('cuts a long error to 1 kB and its stack to a line, and logs the whole of it', async () => {
    const step = sagaStep('TakePayment', BookingRunInput, () => Promise.reject(new Error('ü'.repeat(5000))));
    const context = aContext();
    const error = await failure(step(aTrip(), context));
    expect(Buffer.byteLength(error.message)).toBeLessThanOrEqual(1024);
    expect(error.message).toMatch(/^ü+…$/);
    expect(error.stack).toBe(`Error: request ${context.awsRequestId}`);
    expect(JSON.stringify(output.logs())).toContain('ü'.repeat(5000));
  });

  it('logs with trip, execution and request, and forgets them for the next invocation', async () => {
    const step = sagaStep('TakePayment', BookingRunInput, () => Promise.reject(new Error('down')));
    const [trip, context] = [aTrip(), aContext()];
    await failure(step(trip, context));
    await failure(step({}, aContext()));
    const [first, second] = output.logs();
    expect(first).toMatchObject({
      level: 'ERROR',
      trip_id: trip.trip_id,
      execution_id: trip.execution_id,
      function_request_id: context.awsRequestId,
    });
    expect(second).not.toHaveProperty('trip_id');
  });
});

describe('metrics of a step', () => {
  const invoke = async (run: () => Promise<void>): Promise<void> => {
    const step = sagaStep('ReserveBooking', BookingRunInput, run);
    await step(aTrip(), aContext()).catch(() => undefined);
  };

  it('are sent after a success, by service', async () => {
    await invoke(async () => count('SuccessfulReservation'));
    expect(output.metricNames()).toContain('SuccessfulReservation');
    expect(output.dimensionsOf('SuccessfulReservation')).toEqual(['service']);
    expect(output.linesWith('SuccessfulReservation')[0]).toMatchObject({
      service: 'booking',
      SuccessfulReservation: 1,
    });
  });

  it('are sent after a failure, too', async () => {
    await invoke(async () => {
      count('FailedReservation');
      throw new Error('down');
    });
    expect(output.metricNames()).toContain('FailedReservation');
    expect(metrics.hasStoredMetrics()).toBe(false);
  });

  it('are not sent where nothing was counted', async () => {
    await invoke(async () => undefined);
    expect(output.metricNames().filter((name) => name !== 'ColdStart')).toEqual([]);
  });

  it('give a refused request the operation as a dimension of its own', async () => {
    await invoke(async () => {
      count('SuccessfulBooking');
      countInvalidRequest('startBooking');
    });
    expect(output.dimensionsOf('InvalidBookingRequest').sort()).toEqual(['operation', 'service']);
    expect(output.linesWith('InvalidBookingRequest')[0]).toMatchObject({
      operation: 'startBooking',
      service: 'booking',
    });
    expect(output.dimensionsOf('SuccessfulBooking')).toEqual(['service']);
  });
});

describe('cutToBytes', () => {
  it('leaves a text that fits', () => {
    expect(cutToBytes('naïve', 6)).toBe('naïve');
    expect(cutToBytes('', 3)).toBe('');
  });

  it.each([
    ['aé'.repeat(3), 8, 'aéa…'],
    ['日本語日本語', 9, '日本…'],
    ['日本語日本語', 10, '日本…'],
    ['日本語日本語', 11, '日本…'],
    ['😀😀😀', 10, '😀…'],
  ])('cuts "%s" to %d bytes at a whole character', (text, bytes, cut) => {
    expect(cutToBytes(text, bytes)).toBe(cut);
  });

  it('never exceeds the limit, never splits a character and keeps a beginning', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 80 }), (whole, bytes) => {
        const cut = cutToBytes(whole, bytes);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
        if (cut === whole) return;
        expect(cut.endsWith('…')).toBe(true);
        expect(whole.startsWith(cut.slice(0, -1))).toBe(true);
        expect(Buffer.byteLength(cut)).toBeGreaterThan(bytes - 4);
      }),
    );
  });
});
