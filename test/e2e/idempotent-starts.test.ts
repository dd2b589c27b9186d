import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { bookedItems, demoMinorUnits } from '#test/support/demo-figures.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { expectSucceeded } from '#test/support/e2e/expect-succeeded.ts';
import {
  aPaidRun,
  chargeOf,
  ended,
  executionArn,
  headerOf,
  itemsOf,
  seatsOf,
  startExecution,
} from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

async function aRun(overrides: Record<string, unknown> = {}) {
  const { input: run, flightId } = await aPaidRun(target, 3, overrides);
  return { run, flightId, arn: executionArn(target, run.execution_id) };
}

/** The ARN that each start was answered with, or the name of its error. */
const answers = (starts: readonly Promise<string>[]): Promise<string[]> =>
  Promise.all(starts.map((start) => start.catch((error: Error) => error.name)));

async function executionsNamed(name: string): Promise<number> {
  const { stateMachineArn } = target;
  let found = 0;
  for await (const page of paginateListExecutions({ client: target.stepFunctions }, { stateMachineArn })) {
    found += (page.executions ?? []).filter((execution) => execution.name === name).length;
  }
  return found;
}

describe('the name of an execution', () => {
  it('given one run started five times at once, when all ended, then it is booked, paid and seated once', async () => {
    const { run, flightId, arn } = await aRun();

    const answered = await answers(Array.from({ length: 5 }, () => startExecution(target, run.execution_id, run)));

    expect(answered).toContain(arn);
    expect(answered.filter((answer) => answer !== arn && answer !== 'ExecutionAlreadyExists')).toEqual([]);
    await expectSucceeded(target, arn);
    expect(await executionsNamed(run.execution_id)).toBe(1);
    expect(await itemsOf(target, run.trip_id)).toHaveLength(bookedItems);
    expect(await seatsOf(target, flightId)).toEqual({ capacity: 2, holds: [run.execution_id] });
    expect(await chargeOf(target, String(run.payment_token))).toMatchObject({ captured_minor: demoMinorUnits });
  });

  it('given a run that ended, when started again, then it is refused and nothing changes', async () => {
    const { run, flightId } = await aRun();
    await ended(target, await startExecution(target, run.execution_id, run));
    const before = await itemsOf(target, run.trip_id);

    expect(await answers([startExecution(target, run.execution_id, run)])).toEqual(['ExecutionAlreadyExists']);

    expect(await itemsOf(target, run.trip_id)).toEqual(before);
    expect(await seatsOf(target, flightId)).toEqual({ capacity: 2, holds: [run.execution_id] });
  });

  /** Its cancels are tried again and again, so that it is still under way. */
  const aLongRun = () => aRun({ run_type: 'failBookingConfirmation', cancel_failure_rate: 1 });

  itNeeds('repeated start of a running execution')(
    'given a run under way, when started again with the same input, then the answer is the same execution',
    async () => {
      const { run, arn } = await aLongRun();

      await startExecution(target, run.execution_id, run);

      expect(await answers([startExecution(target, run.execution_id, run)])).toEqual([arn]);
      await ended(target, arn);
    },
  );

  it('given a run under way, when its name is started with another input, then it is refused', async () => {
    const { run, arn } = await aLongRun();
    await startExecution(target, run.execution_id, run);

    const other = { ...run, customer: 'another-customer' };
    expect(await answers([startExecution(target, run.execution_id, other)])).toEqual(['ExecutionAlreadyExists']);

    await ended(target, arn);
    expect(await headerOf(target, run.trip_id)).toMatchObject({ customer: 'e2e' });
  });
});
