import { type Ports, sleep, withDeadline } from '../ports.ts';
import { type AwsService, type Caller, type Closable, OUTSIDE } from '../types.ts';
import { messageOf } from '../values.ts';
import type { InvokeWithBatch, Mapping } from './mapping.ts';
import { compileFilters, failedIds, recordOf, type SqsMessage, type SqsRecord } from './sqs-event.ts';

interface PollerOptions {
  readonly mapping: Mapping;
  readonly sqs: AwsService;
  readonly invoke: InvokeWithBatch;
  /** Milliseconds after which failed messages are visible again; the queue's visibility time-out without. */
  readonly retryDelayMs?: number | undefined;
  readonly ports: Pick<Ports, 'clock' | 'scheduler'>;
  readonly warn: (message: string) => void;
}

/** How soon a poller looks again after a refusal; short, so that a restored permission shows at once. */
const refusedRetryMs = 100;

/**
 * How long the pollers take to find messages: AWS's need some time as well. What comes meanwhile is one batch, and the run that sent the first
 * message does not share the processors with the batch.
 */
const findingMs = 20;

/** A receipt handle that no queue has: deleting it changes nothing and tells whether the role may delete. */
const unknownHandle = '00000000-0000-4000-8000-000000000000';

const visibleAgain = new Error('its messages were visible again before it could begin');

/** Polls one queue for one function until closed. Batches run side by side up to the mapping's concurrency. */
export function createPoller({ mapping, sqs, invoke, retryDelayMs, ports, warn }: PollerOptions): Closable {
  const { clock, scheduler } = ports;
  const role: Caller = { roleArn: mapping.roleArn };
  const QueueUrl = `http://sqs.local/${mapping.queueArn.split(':').slice(4).join('/')}`;
  const passes = compileFilters(mapping.filters, mapping.label);
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let refusal: string | undefined;

  async function receive(count: number, waitMs: number): Promise<SqsMessage[]> {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: Math.min(count, 10),
      WaitTimeSeconds: Math.min(waitMs / 1000, 20),
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    };
    return ((await sqs.call('ReceiveMessage', input, role)).Messages ?? []) as SqsMessage[];
  }

  /**
   * Throws what AWS would refuse, before a function has run whose messages could then not be deleted.
   * @returns for how long received messages are hidden, milliseconds
   */
  async function check(): Promise<number> {
    const { Attributes } = await sqs.call(
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['VisibilityTimeout'] },
      role,
    );
    await sqs.call('DeleteMessage', { QueueUrl, ReceiptHandle: unknownHandle }, role);
    const { VisibilityTimeout } = Attributes as Record<string, string>;
    if (Number(VisibilityTimeout) < mapping.functionTimeoutSeconds) {
      throw new Error(
        `Queue visibility timeout: ${VisibilityTimeout} seconds is less than Function timeout: ${mapping.functionTimeoutSeconds} seconds`,
      );
    }
    return Number(VisibilityTimeout) * 1000;
  }

  async function collect(): Promise<{ messages: SqsMessage[]; receivedAt: number }> {
    const batch = await receive(mapping.batchSize, 20_000);
    const receivedAt = clock.now();
    if (batch.length === 0) return { messages: batch, receivedAt };
    const until = receivedAt + mapping.batchingWindowMs;
    await pause(findingMs);
    while (batch.length < mapping.batchSize && !closing.signal.aborted) {
      const left = until - clock.now();
      const more = await receive(mapping.batchSize - batch.length, Math.max(0, left));
      batch.push(...more);
      if (more.length === 0) break;
    }
    return { messages: batch, receivedAt };
  }

  async function makeVisible(messages: readonly { ReceiptHandle: string }[], afterMs: number): Promise<void> {
    const change = (ReceiptHandle: string) => {
      const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: afterMs / 1000 };
      return sqs.call('ChangeMessageVisibility', input, OUTSIDE);
    };
    await Promise.allSettled(messages.map(({ ReceiptHandle }) => change(ReceiptHandle)));
  }

  async function remove(messages: readonly SqsMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 10) {
      const Entries = messages
        .slice(start, start + 10)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.call('DeleteMessageBatch', { QueueUrl, Entries }, role);
    }
  }

  async function failuresOf(records: readonly SqsRecord[], visibleAt: number): Promise<Set<string>> {
    const all = new Set(records.map(({ messageId }) => messageId));
    if (all.size === 0) return all;
    try {
      const { payload, functionError } = await withDeadline(
        scheduler,
        { afterMs: visibleAt - clock.now(), reason: visibleAgain },
        (signal) => invoke(mapping.functionArn, { Records: records }, signal),
      );
      if (functionError) return all;
      return mapping.reportsBatchItemFailures ? failedIds(payload, records) : new Set();
    } catch (error) {
      warn(`${mapping.label}: ${mapping.functionArn} could not be invoked: ${messageOf(error)}`);
      return all;
    }
  }

  async function handle(messages: readonly SqsMessage[], visibleAt: number): Promise<void> {
    const records = messages.map((message) => recordOf(message, mapping.queueArn)).filter(passes);
    const failed = await failuresOf(records, visibleAt);
    // What the filter keeps out is deleted too, as on AWS.
    await remove(messages.filter(({ MessageId }) => !failed.has(MessageId)));
    if (retryDelayMs !== undefined) {
      await makeVisible(
        messages.filter(({ MessageId }) => failed.has(MessageId)),
        retryDelayMs,
      );
    }
  }

  async function refused(error: unknown): Promise<void> {
    const reason = messageOf(error);
    if (reason !== refusal && !closing.signal.aborted) warn(`${mapping.label} stands still: ${reason}`);
    refusal = reason;
    await pause(refusedRetryMs);
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(scheduler, milliseconds, closing.signal).catch(() => {});
  }

  async function turn(): Promise<void> {
    await check();
    refusal = undefined;
    const started = clock.now();
    const { messages, receivedAt } = await collect();
    if (messages.length === 0) {
      // A queue that answers at once although it was asked to wait is closing.
      if (clock.now() - started < refusedRetryMs) await pause(refusedRetryMs);
      return;
    }
    let hiddenMs: number;
    try {
      closing.signal.throwIfAborted();
      hiddenMs = await check();
    } catch (error) {
      // The role lost a permission during the long poll: its messages go back as if they had not been received.
      await makeVisible(messages, 0);
      throw error;
    }
    const batch = handle(messages, receivedAt + hiddenMs)
      .catch(refused)
      .finally(() => running.delete(batch));
    running.add(batch);
    if (running.size >= mapping.maximumConcurrency) await Promise.race(running);
  }

  async function poll(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await turn();
      } catch (error) {
        await refused(error);
      }
    }
  }

  void poll();
  return {
    /** Ends when the batches under way are done. A long poll that is still open takes nothing more; closing the queues ends it. */
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}
