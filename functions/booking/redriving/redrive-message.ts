import type { ExecutionReader } from '#functions/booking/reading/execution-reader.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import { startOnce } from '#functions/shared/saga/start-once.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingEvent } from '#schema/booking-event.ts';
import { untoldStatus } from '#schema/dead-letter.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { redriveCauseOf } from '#schema/execution-names.ts';
import { askedFor, type EndedExecution, toldByEvent } from './ended-execution.ts';
import { ExecutionEnded, KindOfRedriveMessage, type RedriveMessage } from './message-schema.ts';
import { type BookingStanding, hasNothingToUndo, unsentNotification } from './nothing-to-undo.ts';
import { decideRedrive, plannedRedrive } from './redrive.ts';
import type { RedriveQueues } from './redrive-queue.ts';

export interface RedriveDependencies {
  readonly saga: SagaStarter;
  readonly executions: ExecutionReader;
  readonly queues: Pick<RedriveQueues, 'delay' | 'giveUp'>;
  readonly baseDelaySeconds: number;
  /** The booking's header, read consistently. */
  readonly standing: (tripId: string) => Promise<BookingStanding | undefined>;
  /**
   * Publishes the booking's message, as the saga's own steps would.
   * @returns whether it was sent: not where the booking no longer stands so
   */
  readonly notify: (status: BookingEvent['status'], input: CompensationInput) => Promise<boolean>;
}

/** @throws Error that names the field that is missing or wrong */
export function parseRedriveMessage(body: string): RedriveMessage {
  const message: unknown = JSON.parse(body);
  const isEvent = typeof message === 'object' && message !== null && !('kind' in message);
  const result = (isEvent ? ExecutionEnded : KindOfRedriveMessage).safeParse(message, { reportInput: true });
  if (result.success) return result.data;
  const { field, message: problem } = describeIssue(result.error, '(message)');
  throw new Error(`Not a message of the redrive queue: field "${field}" ${problem}`);
}

/** @returns what was done, for the log */
export async function handleRedriveMessage(message: RedriveMessage, deps: RedriveDependencies): Promise<string> {
  if (!('kind' in message)) return redriveEnded(toldByEvent(message), deps);
  switch (message.kind) {
    case 'delayed-redrive':
      return `started ${await startPlanned(message.input, message.input.redrive_count ?? 0, deps)} after its delay`;
    case 'notification':
      return tellAgain(message, deps);
    case 'compensation':
    case 'redrive': {
      const { input } = message;
      return `started ${await startPlanned(input, (input.redrive_count ?? 0) + 1, deps)} from a dead letter`;
    }
  }
}

/** Nothing is to be undone, but points are earned and lost by this message. */
async function tellAgain(
  letter: Extract<RedriveMessage, { kind: 'notification' }>,
  { notify }: RedriveDependencies,
): Promise<string> {
  const { input } = letter;
  const status = untoldStatus(letter);
  if (status === undefined) throw new Error('The notification letter does not say which notification failed');
  const sent = await notify(status, input);
  return sent
    ? `told again that ${input.trip_id} is ${status}`
    : `${input.trip_id} is ${status} no more: nothing to tell`;
}

/** A name that is taken is this very redrive, started by an earlier delivery of the message. */
async function startPlanned(input: CompensationInput, number: number, { saga }: RedriveDependencies): Promise<string> {
  const redrive = plannedRedrive(input, redriveCauseOf(input), number);
  await startOnce(saga, redrive.name, redrive.input);
  return redrive.name;
}

async function redriveEnded(told: EndedExecution, deps: RedriveDependencies): Promise<string> {
  const { executions, queues, baseDelaySeconds, saga } = deps;
  const decision = decideRedrive(told, { baseDelaySeconds });
  switch (decision.kind) {
    case 'nothing to do':
      return `nothing to do for ${told.name}: ${decision.reason}`;
    case 'ask':
      return redriveEnded(await askedFor(told, executions), deps);
    case 'redrive':
      if (decision.delaySeconds > 0) {
        await queues.delay(decision);
        return `redrive of ${told.name} in ${decision.delaySeconds} s`;
      }
      await startOnce(saga, decision.name, decision.input);
      return `started ${decision.name}`;
    case 'give up':
      return giveUp(told, decision.input, deps);
  }
}

async function giveUp(
  { executionArn, name, status, error, cause }: EndedExecution,
  input: CompensationInput,
  { queues, standing }: RedriveDependencies,
): Promise<string> {
  const header = await standing(input.trip_id);
  const letter = {
    trip_id: input.trip_id,
    execution_id: input.execution_id,
    execution: executionArn,
    input,
  };
  const why = { Error: error ?? status ?? '', Cause: cause ?? '' };
  if (hasNothingToUndo(input, header)) {
    const unsent = unsentNotification(input, header);
    if (unsent === undefined) return `gave up after ${name}: nothing is left to undo`;
    await queues.giveUp({ kind: 'notification', ...letter, failedLayers: { [unsent]: why } });
    return `gave up after ${name}: its message is left to send`;
  }
  await queues.giveUp({ kind: 'redrive', ...letter, failedLayers: { [name]: why } });
  return `gave up after ${name}`;
}
