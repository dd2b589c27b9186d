import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { expectSucceeded } from '#test/support/e2e/expect-succeeded.ts';
import {
  aBookingRun,
  aPaidRun,
  chargeOf,
  ended,
  executionArn,
  headerOf,
  itemsOf,
  seatsOf,
  startExecution,
  statesOf,
} from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { loadFor } from '#test/support/e2e/target-kind.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { cancelRunPath } from '#test/support/saga-paths.ts';

const target = openSuite(openTarget);

async function stoppedSomewhere(overrides: Record<string, unknown> = {}) {
  const { input: run, flightId } = await aPaidRun(target, 10, overrides);
  const arn = await startExecution(target, run.execution_id, run);
  await until(async () => (await headerOf(target, run.trip_id)) ?? undefined);
  await target.stepFunctions.send(new StopExecutionCommand({ executionArn: arn, error: 'ByHand', cause: 'a test' }));
  return { run, flightId, status: (await ended(target, arn)).status };
}

/** Each stops somewhere else. */
const rounds = loadFor({ embedded: 10, others: 5 });

describe('an execution stopped by hand', () => {
  it('given runs stopped on their way, when redriven by their events, then all are undone or were booked', async () => {
    for (let round = 0; round < rounds; round++) {
      const { run, flightId, status } = await stoppedSomewhere(round % 2 === 0 ? {} : { hotel: 'Hôtel 🏨' });
      if (status === 'SUCCEEDED') {
        expect(await headerOf(target, run.trip_id)).toMatchObject({ status: 'CONFIRMED' });
        continue;
      }
      const redrive = executionArn(target, `${run.execution_id}.rr-1`);
      await expectSucceeded(target, redrive);
      const header = await headerOf(target, run.trip_id);
      const charge = await chargeOf(target, String(run.payment_token));
      if (header?.status === 'CONFIRMED') {
        expect(charge).toMatchObject({ charge_status: 'captured' });
        continue;
      }
      expect(header).toMatchObject({ status: 'CANCELLED', failureReason: 'The booking run ended before it was done' });
      expect(await itemsOf(target, run.trip_id)).toHaveLength(1);
      expect(await seatsOf(target, flightId)).toEqual({ capacity: 10, holds: [] });
      expect(charge.captured_minor).toBe(charge.refunded_minor);
      expect(await statesOf(target, redrive)).toEqual(cancelRunPath);
    }
  }, 300_000);
});

describe("a customer's cancellation", () => {
  it('given a confirmed booking, when a cancel run with cause customer ends, then everything is undone and refunded', async () => {
    const { input: run, flightId } = await aPaidRun(target, 3);
    await ended(target, await startExecution(target, run.execution_id, run));
    expect(await headerOf(target, run.trip_id)).toMatchObject({ status: 'CONFIRMED' });

    const cancel = { ...run, action: 'cancel', cause: 'customer' };
    const arn = await startExecution(target, `${run.execution_id}.cancel`, cancel);

    await expectSucceeded(target, arn);
    expect(await statesOf(target, arn)).toEqual(cancelRunPath);
    expect(await itemsOf(target, run.trip_id)).toEqual([
      expect.objectContaining({ status: 'CANCELLED', failureReason: 'Cancelled by the customer' }),
    ]);
    expect(await seatsOf(target, flightId)).toEqual({ capacity: 3, holds: [] });
    expect(await chargeOf(target, String(run.payment_token))).toMatchObject({ charge_status: 'refunded' });
  });

  it('given a confirmed booking, when a redrive of it runs, then the booking stands', async () => {
    const { input: run } = await aPaidRun(target, 3);
    await ended(target, await startExecution(target, run.execution_id, run));
    const before = await itemsOf(target, run.trip_id);

    const redrive = { ...run, action: 'cancel', cause: 'redrive' };
    const arn = await startExecution(target, `${run.execution_id}.rr-1`, redrive);

    await expectSucceeded(target, arn);
    expect(await statesOf(target, arn)).not.toContain('RefundPayment');
    expect(await itemsOf(target, run.trip_id)).toEqual(before);
  });

  it('given a run under a name that is not its execution_id, when started, then it is rejected and not redriven', async () => {
    const run = aBookingRun();
    const arn = await startExecution(target, `other-${run.execution_id}`.slice(0, 80), run);

    expect(await ended(target, arn)).toMatchObject({ status: 'FAILED', error: 'InvalidSagaInput' });
    expect(await itemsOf(target, run.trip_id)).toEqual([]);
  });
});
