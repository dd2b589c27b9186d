import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import { unwrapOpening } from '#functions/booking/steps/unwrap-opening.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { OpeningRunInput } from '#functions/trip/run-input.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { aTrip } from '#test/support/trips.ts';

const output = outputOfEachTest();

const openedAt = '2026-03-01T10:00:00.123Z';
const step = sagaStep('ReserveBooking', OpeningRunInput, async (trip) => trip, { first: unwrapOpening() });

describe('the step that opens a booking', () => {
  it('gets the run and when it was started', async () => {
    const run = aTrip();
    await expect(step({ run, openedAt }, aContext())).resolves.toEqual({ ...run, opened_at: openedAt });
  });

  it('takes the run alone, as machines of older releases give it', async () => {
    const run = aTrip();
    await expect(step(run, aContext())).resolves.toEqual(run);
  });

  it('logs a failure with the run that it is about, and names the offending field', async () => {
    const run = aTrip({ amount: 'much' });
    await expect(step({ run, openedAt }, aContext())).rejects.toThrow(/"amount"/);
    expect(output.logs()).toContainEqual(expect.objectContaining({ level: 'ERROR', execution_id: run.execution_id }));
  });

  it.each([undefined, null, 'text', {}, { run: null, openedAt }, { run: 'text' }])(
    'refuses %p for an input',
    async (event) => {
      await expect(step(event, aContext())).rejects.toMatchObject({ name: 'InvalidSagaInputError' });
    },
  );
});
