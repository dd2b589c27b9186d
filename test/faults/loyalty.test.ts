import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { demoPoints } from '#test/support/demo-figures.ts';
import { earnedPoints, eventOf, loyaltyQueueDrained } from '#test/support/e2e/loyalty.ts';
import { aBookingRun, aTripId } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import { functionOf, openFaultyCloud, ReplyLost } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);

const deliver = (body: unknown) =>
  target.sqs.send(
    new SendMessageCommand({
      QueueUrl: target.loyaltyQueueUrl,
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

async function pointsOf(customer: string): Promise<number> {
  const { pk, sk } = keys.loyaltyAccount(customer);
  const { Item } = (await target.cloud.dynamodb.call(
    'GetItem',
    { TableName: target.tableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true },
    { roleArn: undefined },
  )) as { Item?: { points: { N: string } } };
  return Number(Item?.points.N ?? 0);
}

/** A fault in the function's first `times` calls, before or after its work. */
function failing(when: 'before' | 'after', times: number): () => void {
  let failed = 0;
  return target.cloud.lambda.intercept(async ({ functionName, proceed }) => {
    if (functionName !== functionOf('CreditLoyalty') || failed >= times) return proceed();
    failed++;
    if (when === 'after') await proceed();
    throw new ReplyLost('connection reset');
  });
}

describe('crediting points', () => {
  it('given a message that is no booking, when it failed five times, then it waits in the dead letters and delays no other message', async () => {
    const run = aBookingRun({ customer: aTripId() });
    await deliver('not a booking');
    await deliver(eventOf(run, 'CONFIRMED'));

    const letter = await until(async () => {
      const { Messages = [] } = await target.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: target.loyaltyDeadLetterQueueUrl }),
      );
      return Messages[0];
    });
    expect(letter.Body).toBe('not a booking');
    await loyaltyQueueDrained(target);
    expect(await pointsOf(String(run.customer))).toBe(demoPoints);
  });

  it.each(['before', 'after'] as const)(
    'given calls of the function that are lost %s their work, when they come again, then each booking earned once',
    async (when) => {
      const customer = aTripId();
      const runs = Array.from({ length: 30 }, () => aBookingRun({ customer }));
      const stop = failing(when, 4);
      for (const run of runs) await deliver(eventOf(run, 'CONFIRMED'));
      for (const run of runs.slice(0, 10)) await deliver(eventOf(run, 'CANCELLED'));
      await loyaltyQueueDrained(target);
      stop();

      expect(await pointsOf(customer)).toBe(20 * demoPoints);
      expect(await earnedPoints(target, customer)).toBe(20 * demoPoints);
    },
  );
});
