import '#test/support/lambda-environment.ts';
import { expect, it } from '@jest/globals';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { aContext, captureLambdaOutput } from '#test/support/lambda-invocation.ts';
import { aTrip } from '#test/support/trips.ts';

// A file of its own: an environment starts cold once.
it('counts a cold start once, by function and service', async () => {
  const output = captureLambdaOutput();
  const step = sagaStep('ReserveHotel', BookingRunInput, async () => undefined);
  await step(aTrip(), aContext({ functionName: 'reserve-hotel' }));
  await step(aTrip(), aContext({ functionName: 'reserve-hotel' }));
  output.restore();
  expect(output.metricNames()).toEqual(['ColdStart']);
  expect(output.dimensionsOf('ColdStart').sort()).toEqual(['function_name', 'service']);
  expect(output.linesWith('ColdStart')[0]).toMatchObject({ function_name: 'reserve-hotel', service: 'booking' });
});
