import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { describeLetter } from '#infra/operations/dlq/description.ts';
import type { HeldLetter } from '#infra/operations/dlq/queue.ts';
import { cancelNameOf } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { deadLettersIn, done, notDone } from '#test/support/dead-letters.ts';
import { ended, executionArn, startExecution } from '#test/support/e2e/saga.ts';
import {
  aTripOf,
  book,
  bookedWhole,
  functionOf,
  openFaultyCloud,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { undoneAfterEach } from '#test/support/undone-after-each.ts';

const target = openSuite(openFaultyCloud);
const letters = deadLettersIn(target);

const afterwards = undoneAfterEach();

/** Lets a state's function fail until `mend` is called, or the test ends. */
function failing(state: string): () => void {
  return afterwards(
    target.cloud.lambda.intercept(({ functionName, proceed }) => {
      if (functionName === functionOf(state)) throw new Error('fails on purpose');
      return proceed();
    }),
  );
}

/** A booking that fails at its end and whose payment cannot be refunded: it has a dead letter. */
async function aHalfUndoneTrip(overrides: object = {}): Promise<{ trip: Trip; mend: () => void; letter: HeldLetter }> {
  const mend = failing('RefundPayment');
  const trip = await aTripOf(target, { run_type: 'failBookingConfirmation', ...overrides });
  expect((await book(target, trip)).error).toBe('CompensationFailed');
  return { trip, mend, letter: await letters.of(trip) };
}

describe('a letter of the saga', () => {
  it('given a layer that could not be undone, then the letter names it, and once it can be, redriving undoes it', async () => {
    const { trip, mend, letter } = await aHalfUndoneTrip();
    expect(describeLetter(letter.body)).toEqual({
      about: `${trip.input.trip_id}: 1 layer could not be undone`,
      failures: [expect.objectContaining({ layer: 'RefundPayment', cause: expect.stringMatching(/fails on purpose/) })],
      run: expect.objectContaining({ starts: `${trip.input.execution_id}.rr-1` }),
    });
    mend();

    expect(await letters.redrive(trip)).toEqual([done('the booking is CANCELLED')]);
    expect(await standingOf(target, trip)).toEqual(undone);
    expect(await letters.redrive(trip)).toEqual([]);
  });

  it('given a layer that still cannot be undone, then that is told, and the new letter can be redriven', async () => {
    const { trip, mend } = await aHalfUndoneTrip();

    expect(await letters.redrive(trip)).toEqual([notDone('rr-1 ended FAILED with CompensationFailed')]);
    await letters.of(trip);
    mend();
    expect(await letters.redrive(trip)).toEqual([done('rr-2 undid everything')]);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given the same letter twice, then the second finds what the first has started', async () => {
    const { trip, mend, letter } = await aHalfUndoneTrip();
    const { deadLetterQueueUrl: QueueUrl } = target;
    await target.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: letter.body }));
    mend();

    const twice = [done('rr-1 undid everything'), done('rr-1 undid everything')];
    expect(await letters.redrive(trip)).toEqual(twice);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given the owner’s cancellation beside it, then both end, and the booking is undone once', async () => {
    const { trip, mend } = await aHalfUndoneTrip();
    mend();
    const cancelName = cancelNameOf(trip.input.execution_id);
    const [redriven] = await Promise.all([
      letters.redrive(trip),
      startExecution(target, cancelName, cancelRunInput(trip.input, 'customer')),
    ]);
    await ended(target, executionArn(target, cancelName));

    expect(redriven).toEqual([done('the booking is CANCELLED')]);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given a message that was not sent, then redriving sends it', async () => {
    const mend = failing('NotifyBookingConfirmed');
    const trip = await aTripOf(target);
    await book(target, trip);
    expect(describeLetter((await letters.of(trip)).body).about).toContain(
      'the message that it is CONFIRMED was not sent',
    );
    mend();

    expect(await letters.redrive(trip)).toEqual([done('CONFIRMED and its message is out')]);
    expect(await standingOf(target, trip)).toEqual(bookedWhole);
  });

  it('given no time to wait, then it tells what to look for', async () => {
    const { trip, mend } = await aHalfUndoneTrip();
    mend();

    expect(await letters.redrive(trip, 0)).toEqual([notDone(`see the execution ${trip.input.execution_id}.rr-1`)]);
    await ended(target, executionArn(target, `${trip.input.execution_id}.rr-1`));
    expect(await standingOf(target, trip)).toEqual(undone);
  });
});
