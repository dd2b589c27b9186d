import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import { describeLetter } from '#infra/operations/dlq/description.ts';
import { lettersOf } from '#infra/operations/dlq/look.ts';
import type { HeldLetter } from '#infra/operations/dlq/queue.ts';
import { type Redriven, redrive } from '#infra/operations/dlq/redrive.ts';
import { awsStandings } from '#infra/operations/dlq/standings.ts';
import { cancelNameOf } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { demoPoints } from '#test/support/demo-figures.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { loyaltyOf } from '#test/support/e2e/loyalty.ts';
import { aTripId, ended, executionArn, startExecution, until } from '#test/support/e2e/saga.ts';
import {
  aTripOf,
  book,
  bookedWhole,
  functionOf,
  openFaultyCloud,
  reconcile,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);

const undoings: (() => void)[] = [];
afterEach(() => {
  for (const undo of undoings.splice(0)) undo();
});

/** Takes the queue's policy away, so that the queue refuses the service until the policy is restored. */
function withoutPolicy(prefix: string): () => void {
  const permission = target.cloud.iam
    .policies()
    .find(({ policy }) => policy.startsWith(`aws_sqs_queue_policy.${prefix}`));
  if (permission === undefined) throw new Error(`No policy ${prefix}`);
  const restore = target.cloud.iam.without(permission);
  undoings.push(restore);
  return restore;
}

const boxes = boxesOf({ stage: 'local' });

/** Redrives every letter, or those of one booking. */
const redriveLetters = (trip?: Trip, seconds = 60): Promise<Redriven[]> =>
  redrive({
    clients: target,
    boxes,
    standings: awsStandings(target, target.stateMachineArn, target.tableName),
    wait: { seconds, sleep: () => sleep(20), now: Date.now },
    choose: (letters) => letters.filter(({ body }) => trip === undefined || body.includes(trip.input.trip_id)),
  });

const letterOf = (trip: Trip): Promise<HeldLetter> =>
  until(async () => (await lettersOf(target, boxes)).find(({ body }) => body.includes(trip.input.trip_id)));

const done = (text: string) =>
  expect.objectContaining({ outcome: { isDone: true, text: expect.stringContaining(text) } });
const notDone = (text: string) =>
  expect.objectContaining({ outcome: { isDone: false, text: expect.stringContaining(text) } });

/** Lets a state's function fail until `mend` is called, or the test ends. */
function failing(state: string): () => void {
  const mend = target.cloud.lambda.intercept(({ functionName, proceed }) => {
    if (functionName === functionOf(state)) throw new Error('fails on purpose');
    return proceed();
  });
  undoings.push(mend);
  return mend;
}

/** A booking that fails at its end and whose payment cannot be refunded: it has a dead letter. */
async function aHalfUndoneTrip(overrides: object = {}): Promise<{ trip: Trip; mend: () => void; letter: HeldLetter }> {
  const mend = failing('RefundPayment');
  const trip = await aTripOf(target, { run_type: 'failBookingConfirmation', ...overrides });
  expect((await book(target, trip)).error).toBe('CompensationFailed');
  return { trip, mend, letter: await letterOf(trip) };
}

describe('a letter of the saga', () => {
  it('given a layer that could not be undone, then the letter names it, and once it can be, redriving undoes it', async () => {
    const { trip, mend, letter } = await aHalfUndoneTrip();
    expect(describeLetter(letter.body)).toEqual({
      about: `${trip.input.trip_id}: 1 of the layers could not be undone`,
      failures: [expect.stringMatching(/^RefundPayment: .*fails on purpose/)],
      run: expect.objectContaining({ starts: `${trip.input.execution_id}.rr-1` }),
    });
    mend();

    expect(await redriveLetters(trip)).toEqual([done('the booking is CANCELLED')]);
    expect(await standingOf(target, trip)).toEqual(undone);
    expect(await redriveLetters(trip)).toEqual([]);
  });

  it('given a layer that still cannot be undone, then that is told, and the new letter can be redriven', async () => {
    const { trip, mend } = await aHalfUndoneTrip();

    expect(await redriveLetters(trip)).toEqual([notDone('rr-1 ended FAILED with CompensationFailed')]);
    await letterOf(trip);
    mend();
    expect(await redriveLetters(trip)).toEqual([done('rr-2 undid everything')]);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given the same letter twice, then the second finds what the first has started', async () => {
    const { trip, mend, letter } = await aHalfUndoneTrip();
    const { deadLetterQueueUrl: QueueUrl } = target;
    await target.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: letter.body }));
    mend();

    const twice = [done('rr-1 undid everything'), done('rr-1 undid everything')];
    expect(await redriveLetters(trip)).toEqual(twice);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given the owner’s cancellation beside it, then both end, and the booking is undone once', async () => {
    const { trip, mend } = await aHalfUndoneTrip();
    mend();
    const cancelName = cancelNameOf(trip.input.execution_id);
    const [redriven] = await Promise.all([
      redriveLetters(trip),
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
    expect(describeLetter((await letterOf(trip)).body).about).toContain(
      'the message that it is CONFIRMED was not sent',
    );
    mend();

    expect(await redriveLetters(trip)).toEqual([done('CONFIRMED and its message is out')]);
    expect(await standingOf(target, trip)).toEqual(bookedWhole);
  });

  it('given no time to wait, then it tells what to look for', async () => {
    const { trip, mend } = await aHalfUndoneTrip();
    mend();

    expect(await redriveLetters(trip, 0)).toEqual([notDone(`see the execution ${trip.input.execution_id}.rr-1`)]);
    await ended(target, executionArn(target, `${trip.input.execution_id}.rr-1`));
    expect(await standingOf(target, trip)).toEqual(undone);
  });
});

describe('what AWS could not deliver', () => {
  it('given an execution’s event that its queue refused, then the booking is undone after all', async () => {
    const trip = await aTripOf(target);
    const restore = withoutPolicy('Redrive_');
    const stop = target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
      const { execution_id } = (payload ?? {}) as { execution_id?: string };
      if (functionName === functionOf('TakePayment')) await stopRun(String(execution_id));
      return proceed();
    });
    await book(target, trip);
    stop();
    await letterOf(trip);
    restore();

    expect(await redriveLetters(trip)).toEqual([done('the booking is CANCELLED and its message is out')]);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given a booking’s message that its queue refused, then the points come after all', async () => {
    const customer = await customerOf(target, aTripId());
    const restore = withoutPolicy('Loyalty_');
    const trip = await aTripOf(target, { customer: customer.sub });
    await book(target, trip);
    restore();
    expect((await letterOf(trip)).box.name).toBe('undelivered-messages');

    expect(await redriveLetters(trip)).toEqual([done('delivered again from undelivered-messages')]);
    await until(async () => ((await loyaltyOf(target, customer)).points === demoPoints ? true : undefined));
  });

  it('given a scheduled run that failed and fails again, then it is run once more and its new record waits', async () => {
    let runs = 0;
    undoings.push(
      target.cloud.lambda.intercept(({ functionName, proceed }) => {
        if (functionName !== functionOf('ReconcileBookings')) return proceed();
        runs += 1;
        throw new Error('fails on purpose');
      }),
    );
    await reconcile(target);

    expect(await redriveLetters()).toEqual([done('delivered again from failed-invocations')]);
    await until(async () => ((await lettersOf(target, boxes)).length === 1 ? true : undefined));
    expect(runs).toBe(2);
  });

  it('given a letter without a known destination, then it stays and is named', async () => {
    const QueueUrl = 'booking-saga-local-failed-invocations';
    await target.cloud.sqs.call('PurgeQueue', { QueueUrl }, OUTSIDE);
    await target.cloud.sqs.call('SendMessage', { QueueUrl, MessageBody: 'no record' }, OUTSIDE);

    expect(await redriveLetters()).toEqual([notDone('it stays where it is: ')]);
    expect(await lettersOf(target, boxes)).toHaveLength(1);
  });
});

async function stopRun(name: string): Promise<void> {
  const executionArn = `${target.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  await target.cloud.stepFunctions.call('StopExecution', { executionArn }, OUTSIDE);
}
