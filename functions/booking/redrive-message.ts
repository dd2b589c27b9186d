import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import type { ExecutionReader, ExecutionState } from './execution-reader.ts';
import { decideRedrive } from './redrive.ts';
import type { DelayedRedrive, RedriveQueues } from './redrive-queue.ts';
import { startOnce, startUnderFreeNumber } from './start-redrive.ts';

/** What the redrive queue holds: the event that an execution ended, a redrive whose delay is over, a dead letter. */
export type RedriveMessage =
  | { readonly detail: { readonly executionArn: string } }
  | DelayedRedrive
  | (Pick<DeadLetter, 'input'> & { readonly kind: 'compensation' | 'redrive' });

export interface RedriveDependencies {
  readonly saga: SagaStarter;
  readonly executions: ExecutionReader;
  readonly queues: RedriveQueues;
  readonly baseDelaySeconds: number;
}

/** Numbers that a dead letter's redrive may take: operators may move a letter back more often than the five tries. */
const lastNumberOfDeadLetters = 99;

/** @returns what was done, for the log */
export async function handleRedriveMessage(message: RedriveMessage, deps: RedriveDependencies): Promise<string> {
  if ('detail' in message) {
    const ended = await deps.executions.describe(message.detail.executionArn);
    if (ended === undefined) throw new Error(`Step Functions does not know ${message.detail.executionArn}`);
    return redriveEnded(ended, deps);
  }
  if (message.kind === 'delayed-redrive') {
    await startOnce(deps.saga, message.name, message.input);
    return `started ${message.name} after its delay`;
  }
  const first = Number(message.input.redrive_count ?? 0) + 1;
  const number = await startUnderFreeNumber(deps.saga, message.input, { first, last: lastNumberOfDeadLetters });
  if (number === undefined)
    throw new Error('All redrive numbers of this execution are taken: start the machine by hand');
  return `started redrive ${number} from a dead letter`;
}

async function redriveEnded(ended: ExecutionState, { saga, queues, baseDelaySeconds }: RedriveDependencies) {
  const decision = decideRedrive(ended, { baseDelaySeconds });
  switch (decision.kind) {
    case 'nothing to do':
      return `nothing to do for ${ended.name}: ${decision.reason}`;
    case 'redrive':
      if (decision.delaySeconds > 0) await queues.delay(decision);
      else await startOnce(saga, decision.name, decision.input);
      return `redrive ${decision.name} in ${decision.delaySeconds} s`;
    case 'give up':
      await queues.giveUp({
        kind: 'redrive',
        trip_id: String(decision.input.trip_id),
        execution_id: String(decision.input.execution_id),
        execution: ended.executionArn,
        input: decision.input,
        failedLayers: { [ended.name]: { Error: ended.error ?? ended.status, Cause: ended.cause ?? '' } },
      });
      return `gave up after ${ended.name}`;
  }
}
