import { describe, expect, it } from '@jest/globals';
import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import { type RedriveOptions, redrive } from '#infra/operations/dlq/redrive.ts';
import { type Answer, aMessage, compensation, queuesWith } from './clients-setup.ts';

const boxes = boxesOf({ stage: 'dev' });
const standings = {
  run: async () => ({ status: 'SUCCEEDED', error: undefined }),
  booking: async () => undefined,
};
const wait = { seconds: 0, sleep: async () => undefined, now: () => 0 };
const failedInvocation = { requestContext: { functionArn: 'audit' }, requestPayload: {} };

/** Two letters: one of a run that is followed, one of a scheduled run that has no booking. */
const aStage = (more?: Answer) =>
  queuesWith(
    {
      'booking-saga-dev-dead-letters': [[aMessage('a', compensation('T1'))]],
      'booking-saga-dev-failed-invocations': [[aMessage('b', failedInvocation)]],
    },
    more,
  );
const redriven = (stage: ReturnType<typeof aStage>, choose: RedriveOptions['choose'] = (letters) => letters) =>
  redrive({ clients: stage.clients, boxes, standings, wait, choose });

describe('letters that are redriven', () => {
  it('given all, then the run of one is followed to its end, and the other is delivered', async () => {
    const stage = aStage();

    expect(await redriven(stage)).toEqual([
      {
        id: 'a',
        about: 'T1: 1 layer could not be undone',
        outcome: { isDone: true, text: 'T1.abc.rr-1 undid everything; the trip has no booking' },
      },
      {
        id: 'b',
        about: 'a scheduled run of audit failed',
        outcome: { isDone: true, text: 'delivered again from failed-invocations' },
      },
    ]);
    expect(stage.sentBy('DeleteMessageCommand')).toHaveLength(2);
    expect(stage.sentBy('ChangeMessageVisibilityCommand')).toEqual([]);
  });

  it('given one of two, then the other is given back', async () => {
    const stage = aStage();
    const results = await redriven(stage, (letters) => letters.filter(({ id }) => id === 'b'));

    expect(results.map(({ id }) => id)).toEqual(['b']);
    expect(stage.sentBy('ChangeMessageVisibilityCommand')).toMatchObject([{ ReceiptHandle: 'handle of a' }]);
  });

  it('given a choice that makes no sense, then none is delivered, and all are given back', async () => {
    const stage = aStage();
    const choose = () => {
      throw new Error('no dead letter has the id "x"');
    };

    await expect(redriven(stage, choose)).rejects.toThrow('no dead letter has the id "x"');
    expect(stage.sentBy('SendMessageCommand')).toEqual([]);
    expect(stage.sentBy('ChangeMessageVisibilityCommand')).toHaveLength(2);
  });

  it.each([
    ['an error', new Error('the queue is full'), 'it stays where it is: the queue is full'],
    ['something else', 'gone', 'it stays where it is: gone'],
  ])('given a destination that refuses with %s, then that letter stays and says why', async (_, reason, text) => {
    const stage = aStage(({ operation }) => {
      if (operation === 'SendMessageCommand') throw reason;
      return {};
    });
    const results = await redriven(stage);

    expect(results.map(({ outcome }) => outcome.isDone)).toEqual([false, true]);
    expect(results[0]?.outcome.text).toBe(text);
    expect(stage.sentBy('ChangeMessageVisibilityCommand')).toMatchObject([{ ReceiptHandle: 'handle of a' }]);
  });
});
