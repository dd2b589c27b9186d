import type { BookingEvent } from '#schema/booking-event.ts';
import { type DeadLetter, untoldStatus } from '#schema/dead-letter.ts';
import type { ExecutionState } from './execution-reader.ts';
import { decideRedrive } from './redrive.ts';
import type { DelayedRedrive, RedriveQueues } from './redrive-queue.ts';
import {
  allNumbersTaken,
  lastRedriveNumber,
  type RedriveStarter,
  startRedriveOnce,
  startUnderFreeNumber,
} from './start-redrive.ts';

/** What the redrive queue holds: the event that an execution ended, a redrive whose delay is over, a dead letter. */
export type RedriveMessage =
  | { readonly detail: { readonly executionArn: string } }
  | DelayedRedrive
  | Pick<DeadLetter, 'kind' | 'input' | 'failedLayers'>;

export interface RedriveDependencies extends RedriveStarter {
  readonly queues: RedriveQueues;
  readonly baseDelaySeconds: number;
  /** Publishes the booking's message, as the saga's own steps would. */
  readonly notify: (status: BookingEvent['status'], input: Record<string, unknown>) => Promise<void>;
}

/** @returns what was done, for the log */
export async function handleRedriveMessage(message: RedriveMessage, deps: RedriveDependencies): Promise<string> {
  if ('detail' in message) {
    const ended = await deps.executions.describe(message.detail.executionArn);
    if (ended === undefined) throw new Error(`Step Functions does not know ${message.detail.executionArn}`);
    return redriveEnded(ended, deps);
  }
  switch (message.kind) {
    case 'delayed-redrive':
      return `started ${await startRedriveOnce(deps, message.input)} after its delay`;
    case 'notification':
      return notifyAgain(message, deps);
    case 'compensation':
    case 'redrive':
      return redriveLetter(message.input, deps);
  }
}

/** Nothing is to be undone, but points are earned and lost by this message. */
async function notifyAgain(
  { input, failedLayers }: Pick<DeadLetter, 'input' | 'failedLayers'>,
  { notify }: RedriveDependencies,
): Promise<string> {
  const status = untoldStatus({ failedLayers });
  if (status === undefined) throw new Error('The notification letter does not say which notification failed');
  await notify(status, input);
  return `told again that ${String(input.trip_id)} is ${status}`;
}

async function redriveLetter(input: Record<string, unknown>, { saga }: RedriveDependencies): Promise<string> {
  const first = Number(input.redrive_count ?? 0) + 1;
  const number = await startUnderFreeNumber(saga, input, { first, last: lastRedriveNumber });
  if (number === undefined) throw allNumbersTaken(input);
  return `started redrive ${number} from a dead letter`;
}

async function redriveEnded(ended: ExecutionState, deps: RedriveDependencies): Promise<string> {
  const { queues, baseDelaySeconds } = deps;
  const decision = decideRedrive(ended, { baseDelaySeconds });
  switch (decision.kind) {
    case 'nothing to do':
      return `nothing to do for ${ended.name}: ${decision.reason}`;
    case 'redrive':
      if (decision.delaySeconds === 0) return `started ${await startRedriveOnce(deps, decision.input)}`;
      await queues.delay(decision);
      return `redrive of ${ended.name} in ${decision.delaySeconds} s`;
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
