import { randomUUID } from 'node:crypto';
import { type Authorize, AwsError, type Caller } from '../types.ts';
import { invalidSqsParameter } from './error-codes.ts';
import type { Queue, QueuedMessage } from './fauxqs.ts';
import type { Queues } from './queues.ts';

type Json = Record<string, unknown>;

interface Options {
  readonly queues: Queues;
  readonly authorize: Authorize;
}

const noSuchResource = () =>
  new AwsError(
    'ResourceNotFoundException',
    'The resource that you specified for the SourceArn parameter does not exist.',
    404,
  );

/**
 * Dead-letter queue redrive, which the library lacks. A task moves what can be received when it starts, at once, so it is
 * never seen running. As on AWS a moved message is a new one (id, time, receive count).
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function createMoveTasks({ queues, authorize }: Options) {
  const tasks: Json[] = [];

  const find = (arn: unknown): Queue => {
    const queue = queues.findByArn(String(arn));
    if (!queue) throw noSuchResource();
    return queue;
  };

  async function move(source: Queue, message: QueuedMessage, destination: Queue): Promise<void> {
    const { body, messageAttributes, messageGroupId } = message;
    const fifo = destination.isFifo() && { MessageGroupId: messageGroupId, MessageDeduplicationId: randomUUID() };
    await queues.run('sendMessage', { MessageBody: body, MessageAttributes: messageAttributes, ...fifo }, destination);
    queues.remove(source, message);
  }

  async function StartMessageMoveTask(input: Json, caller: Caller): Promise<Json> {
    const sourceArn = String(input.SourceArn);
    for (const action of ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      authorize(caller, `sqs:${action}`, sourceArn);
    }
    const source = find(sourceArn);
    const sources = queues.sourcesOf(source);
    if (sources.length === 0) throw invalidSqsParameter('Source queue must be configured as a Dead Letter Queue.');
    const chosen = input.DestinationArn === undefined ? undefined : find(input.DestinationArn);
    if (chosen === source) throw invalidSqsParameter('Source and destination queues must differ.');
    for (const queue of chosen ? [chosen] : sources) authorize(caller, 'sqs:SendMessage', queue.arn);

    source.processTimers();
    const waiting = [...source.messages];
    const started = Date.now();
    let moved = 0;
    let failure: string | undefined;
    for (const message of waiting) {
      const destination = chosen ?? queues.findByArn(message.deadLetterSource ?? '');
      if (destination) {
        await move(source, message, destination);
        moved += 1;
      } else {
        failure = 'CouldNotDetermineMessageSource';
      }
    }
    tasks.unshift({
      Status: failure ? 'FAILED' : 'COMPLETED',
      SourceArn: source.arn,
      ...(chosen && { DestinationArn: chosen.arn }),
      ApproximateNumberOfMessagesMoved: moved,
      ApproximateNumberOfMessagesToMove: waiting.length,
      ...(failure && { FailureReason: failure }),
      StartedTimestamp: started,
    });
    return { TaskHandle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64') };
  }

  async function ListMessageMoveTasks(input: Json, caller: Caller): Promise<Json> {
    authorize(caller, 'sqs:ListMessageMoveTasks', String(input.SourceArn));
    const source = find(input.SourceArn);
    const found = tasks.filter((task) => task.SourceArn === source.arn);
    return { Results: found.slice(0, Number(input.MaxResults ?? 1)) };
  }

  return { StartMessageMoveTask, ListMessageMoveTasks };
}
