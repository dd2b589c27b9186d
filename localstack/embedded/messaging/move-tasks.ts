import type { Json } from '../json.ts';
import type { Ports } from '../ports.ts';
import { type Authorize, AwsError, type Caller } from '../types.ts';
import { invalidSqsParameter } from './error-codes.ts';
import { inRange } from './in-range.ts';
import type { Queue } from './queue/contract.ts';
import type { Queues } from './queues.ts';

interface Options {
  readonly queues: Queues;
  readonly authorize: Authorize;
  readonly ports: Ports;
}

interface Task {
  readonly handle: string;
  readonly source: Queue;
  readonly chosen: Queue | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  moved: number;
  failure?: string;
}

const noSuchResource = (parameter: string) =>
  new AwsError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    404,
  );

/**
 * Redrive of dead letters: what can be received when a task starts goes back at once, or so many a second where the task
 * says so. As on AWS a moved message is a new one (id, time, receive count).
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function createMoveTasks({ queues, authorize, ports: { clock, randomness, scheduler } }: Options) {
  const tasks: Task[] = [];

  const find = (parameter: string, arn: unknown): Queue => {
    const queue = queues.findByArn(String(arn));
    if (!queue) throw noSuchResource(parameter);
    return queue;
  };

  function move(task: Task): void {
    if (task.status !== 'RUNNING' || queues.closed) return;
    const left = task.toMove - task.moved;
    const messages = task.source.ready().slice(0, Math.min(left, task.perSecond ?? left));
    const targets = Map.groupBy(
      messages,
      ({ deadLetterSource = '' }) => task.chosen ?? queues.findByArn(deadLetterSource),
    );
    for (const [target, group] of targets) {
      if (target === undefined) {
        task.failure = 'CouldNotDetermineMessageSource';
        continue;
      }
      task.source.moveTo(target, group);
      task.moved += group.length;
    }
    if (task.failure !== undefined) task.status = 'FAILED';
    else if (task.moved >= task.toMove || messages.length === 0) task.status = 'COMPLETED';
    else scheduler.inBackground(1000, () => move(task));
  }

  function StartMessageMoveTask(input: Json, caller: Caller): Json {
    const sourceArn = String(input.SourceArn);
    for (const action of ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      authorize(caller, `sqs:${action}`, sourceArn);
    }
    const source = find('SourceArn', sourceArn);
    const sources = queues.sourcesOf(source);
    if (sources.length === 0) throw invalidSqsParameter('Source queue must be configured as a Dead Letter Queue.');
    const chosen = input.DestinationArn === undefined ? undefined : find('DestinationArn', input.DestinationArn);
    if (chosen === source) throw invalidSqsParameter('Source and destination queues must differ.');
    for (const queue of chosen ? [chosen] : sources) authorize(caller, 'sqs:SendMessage', queue.arn);
    if (tasks.some((task) => task.source === source && task.status === 'RUNNING')) {
      throw invalidSqsParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const handle = Buffer.from(JSON.stringify({ taskId: randomness.uuid(), sourceArn })).toString('base64');
    const task: Task = {
      handle,
      source,
      chosen,
      perSecond: inRange(input.MaxNumberOfMessagesPerSecond, 'MaxNumberOfMessagesPerSecond', 1, 500),
      startedAt: clock.now(),
      toMove: source.ready().length,
      status: 'RUNNING',
      moved: 0,
    };
    tasks.unshift(task);
    move(task);
    return { TaskHandle: handle };
  }

  function CancelMessageMoveTask(input: Json, caller: Caller): Json {
    const task = tasks.find(({ handle }) => handle === input.TaskHandle);
    authorize(caller, 'sqs:CancelMessageMoveTask', task?.source.arn ?? '*');
    if (!task) throw new AwsError('ResourceNotFoundException', 'Task does not exist.', 404);
    if (task.status !== 'RUNNING') throw invalidSqsParameter('Only active tasks can be cancelled.');
    task.status = 'CANCELLED';
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  function ListMessageMoveTasks(input: Json, caller: Caller): Json {
    authorize(caller, 'sqs:ListMessageMoveTasks', String(input.SourceArn));
    const source = find('SourceArn', input.SourceArn);
    const found = tasks.filter((task) => task.source === source);
    return { Results: found.slice(0, Number(input.MaxResults ?? 1)).map(described) };
  }

  return { StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks };
}

function described({ handle, source, chosen, perSecond, startedAt, toMove, status, moved, failure }: Task): Json {
  return {
    Status: status,
    SourceArn: source.arn,
    ...(status === 'RUNNING' && { TaskHandle: handle }),
    ...(chosen && { DestinationArn: chosen.arn }),
    ...(perSecond !== undefined && { MaxNumberOfMessagesPerSecond: perSecond }),
    ApproximateNumberOfMessagesMoved: moved,
    ApproximateNumberOfMessagesToMove: toMove,
    ...(failure && { FailureReason: failure }),
    StartedTimestamp: startedAt,
  };
}
