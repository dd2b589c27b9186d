import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { deadLettersIn, done, notDone } from '#test/support/dead-letters.ts';
import { demoPoints } from '#test/support/demo-figures.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { loyaltyOf } from '#test/support/e2e/loyalty.ts';
import { aTripId, executionArn } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import {
  aTripOf,
  book,
  functionOf,
  openFaultyCloud,
  reconcile,
  standingOf,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { undoneAfterEach } from '#test/support/undone-after-each.ts';

const target = openSuite(openFaultyCloud);
const letters = deadLettersIn(target);

const afterwards = undoneAfterEach();

/** Takes the queue's policy away, so that the queue refuses the service until the policy is restored. */
function withoutPolicy(prefix: string): () => void {
  const permission = target.cloud.iam
    .policies()
    .find(({ policy }) => policy.startsWith(`aws_sqs_queue_policy.${prefix}`));
  if (permission === undefined) throw new Error(`No policy ${prefix}`);
  return afterwards(target.cloud.iam.without(permission));
}

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
    await letters.of(trip);
    restore();

    expect(await letters.redrive(trip)).toEqual([done('the booking is CANCELLED and its message is out')]);
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it('given a booking’s message that its queue refused, then the points come after all', async () => {
    const customer = await customerOf(target, aTripId());
    const restore = withoutPolicy('Loyalty_');
    const trip = await aTripOf(target, { customer: customer.sub });
    await book(target, trip);
    restore();
    expect((await letters.of(trip)).box.name).toBe('undelivered-messages');

    expect(await letters.redrive(trip)).toEqual([done('delivered again from undelivered-messages')]);
    await until(async () => ((await loyaltyOf(target, customer)).points === demoPoints ? true : undefined));
  });

  it('given a scheduled run that failed and fails again, then it is run once more and its new record waits', async () => {
    let runs = 0;
    afterwards(
      target.cloud.lambda.intercept(({ functionName, proceed }) => {
        if (functionName !== functionOf('ReconcileBookings')) return proceed();
        runs += 1;
        throw new Error('fails on purpose');
      }),
    );
    await reconcile(target);

    expect(await letters.redrive()).toEqual([done('delivered again from failed-invocations')]);
    await until(async () => ((await letters.all()).length === 1 ? true : undefined));
    expect(runs).toBe(2);
  });

  it('given a letter without a known destination, then it stays and is named', async () => {
    const QueueUrl = 'booking-saga-local-failed-invocations';
    await target.cloud.sqs.call('PurgeQueue', { QueueUrl }, OUTSIDE);
    await target.cloud.sqs.call('SendMessage', { QueueUrl, MessageBody: 'no record' }, OUTSIDE);

    expect(await letters.redrive()).toEqual([notDone('it stays where it is: ')]);
    expect(await letters.all()).toHaveLength(1);
  });
});

async function stopRun(name: string): Promise<void> {
  await target.cloud.stepFunctions.call('StopExecution', { executionArn: executionArn(target, name) }, OUTSIDE);
}
