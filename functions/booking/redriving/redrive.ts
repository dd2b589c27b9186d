import { executionErrors } from '#functions/shared/saga/execution-errors.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { type CancelCause, redriveCauseOf, redriveNameOf } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import type { EndedExecution } from './ended-execution.ts';
import type { ExecutionStatus } from './message-schema.ts';

export const maxRedrives = 5;

/** SQS delays a message by at most a quarter of an hour. */
export const maxDelaySeconds = 900;

export interface PlannedRedrive {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

export type RedriveDecision =
  | { readonly kind: 'nothing to do'; readonly reason: string }
  /** The event does not say enough. */
  | { readonly kind: 'ask' }
  | ({ readonly kind: 'redrive'; readonly delaySeconds: number } & PlannedRedrive)
  | { readonly kind: 'give up'; readonly input: CompensationInput };

/** Executions with these errors have undone everything, or have a dead letter. */
const settledErrors: ReadonlySet<string | null> = new Set(Object.values(executionErrors));

const unfinishedStatuses: ReadonlySet<ExecutionStatus> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/**
 * What an ended execution still needs. A redrive undoes the booking run that the execution was about, told by the
 * ended execution's own input and never by the header: else the refused second booking of a trip would undo the
 * first one.
 */
export function decideRedrive(ended: EndedExecution, options: { baseDelaySeconds: number }): RedriveDecision {
  const { name, status, error } = ended;
  if (status === undefined) return { kind: 'ask' };
  if (!unfinishedStatuses.has(status)) return nothing(`it is ${status}`);
  if (status === 'FAILED') {
    if (error === undefined) return { kind: 'ask' };
    if (settledErrors.has(error)) return nothing(`it ended with ${error}`);
  }
  if (ended.input === undefined) return { kind: 'ask' };
  const input = parsedInput(ended.input);
  if (input === undefined) return nothing('its input is none of a saga, so the machine did nothing with it');
  if (!namesItsOwnRun(name, input)) return nothing('it was not the execution that its input names');
  const count = (input.redrive_count ?? 0) + 1;
  if (count > maxRedrives) return { kind: 'give up', input };
  return {
    kind: 'redrive',
    ...plannedRedrive(input, redriveCauseOf(input), count),
    delaySeconds: delayOf(count, options.baseDelaySeconds),
  };
}

/** The name says of which cause and number the redrive is, so a name that is taken is this very redrive. */
export function plannedRedrive(
  input: Readonly<Record<string, unknown>>,
  cause: CancelCause,
  redriveCount: number,
): PlannedRedrive {
  return {
    name: redriveNameOf(String(input.execution_id), cause, redriveCount),
    input: cancelRunInput(input, cause, redriveCount),
  };
}

/** Doubles with every redrive (exponential backoff). */
function delayOf(count: number, baseDelaySeconds: number): number {
  return Math.min(baseDelaySeconds * 2 ** (count - 1), maxDelaySeconds);
}

function parsedInput(text: string): CompensationInput | undefined {
  try {
    const result = CompensationInput.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** A booking run bears its `execution_id` as name, a cancel run adds a suffix to it (any: people start them, too). */
function namesItsOwnRun(name: string, input: CompensationInput): boolean {
  return input.action === 'cancel' ? name.startsWith(`${input.execution_id}.`) : name === input.execution_id;
}

const nothing = (reason: string): RedriveDecision => ({ kind: 'nothing to do', reason });
