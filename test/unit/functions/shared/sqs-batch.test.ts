import { describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { handleBatch } from '#functions/shared/aws/sqs-batch.ts';

const recordsOf = (...ids: string[]) => ids.map((messageId) => ({ messageId, body: messageId })) as SQSRecord[];

describe('a batch of messages', () => {
  it('starts them all, in their order, before the first has ended', async () => {
    const started: string[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handled = handleBatch(
      recordsOf('a', 'b', 'c'),
      ({ messageId }) => {
        started.push(messageId);
        return released;
      },
      () => undefined,
    );
    await new Promise(setImmediate);
    expect(started).toEqual(['a', 'b', 'c']);
    release();
    expect(await handled).toEqual([]);
  });

  it.each([
    ['some', ['b']],
    ['all', ['a', 'b', 'c']],
  ])('answers which messages failed, where %s have, and tells of each with its error', async (_, failing) => {
    const told: [string, string][] = [];
    const failures = await handleBatch(
      recordsOf('a', 'b', 'c'),
      async ({ messageId }) => {
        if (failing.includes(messageId)) throw new Error(`no ${messageId}`);
      },
      (messageId, { message }) => void told.push([messageId, message]),
    );
    expect(failures).toEqual(failing.map((itemIdentifier) => ({ itemIdentifier })));
    expect(told).toEqual(failing.map((id) => [id, `no ${id}`]));
  });

  it('is answered for itself: the next one has none of its failures', async () => {
    const fail = () => Promise.reject(new Error('no'));
    await handleBatch(recordsOf('a'), fail, () => undefined);
    expect(
      await handleBatch(
        recordsOf('b'),
        async () => undefined,
        () => undefined,
      ),
    ).toEqual([]);
  });
});
