import { executionErrors } from '#functions/shared/errors.ts';
import { CompensationInput, cancelRunInput } from '#schema/saga-input.ts';
import type { ExecutionState } from './execution-reader.ts';

export const maxRedrives = 5;

/** SQS delays a message by at most a quarter of an hour. */
const maxDelaySeconds = 900;

export interface PlannedRedrive {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly delaySeconds: number;
}

export type RedriveDecision =
  | { readonly kind: 'nothing to do'; readonly reason: string }
  | ({ readonly kind: 'redrive' } & PlannedRedrive)
  | { readonly kind: 'give up'; readonly input: Record<string, unknown> };

/** Ends that left nothing undone, or whose dead letter is written already. */
const settledErrors: ReadonlySet<string> = new Set(Object.values(executionErrors));
const unfinishedStatuses: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/**
 * What an ended execution still needs. A redrive undoes the booking run that the execution was about, told by the
 * ended execution's own input and never by the header: else the refused second booking of a trip would undo the
 * first one.
 */
export function decideRedrive(ended: ExecutionState, options: { baseDelaySeconds: number }): RedriveDecision {
  if (!unfinishedStatuses.has(ended.status)) return nothing(`it is ${ended.status}`);
  if (ended.status === 'FAILED' && settledErrors.has(ended.error ?? '')) return nothing(`it ended with ${ended.error}`);
  const input = parsedInput(ended.input);
  if (input === undefined) return nothing('its input is none of a saga, so the machine did nothing with it');
  if (!namesItsOwnRun(ended.name, input)) return nothing('it was not the execution that its input names');
  const count = (input.redrive_count ?? 0) + 1;
  if (count > maxRedrives) return { kind: 'give up', input };
  return { kind: 'redrive', ...plannedRedrive(input, count), delaySeconds: delayOf(count, options.baseDelaySeconds) };
}

/** The n-th redrive of a booking run. A customer's cancellation stays one, or it could not undo a confirmed booking. */
export function plannedRedrive(
  input: Record<string, unknown>,
  redriveCount: number,
): Pick<PlannedRedrive, 'name' | 'input'> {
  const cause = input.cause === 'customer' ? 'customer' : 'redrive';
  return {
    name: `${String(input.execution_id)}.redrive-${redriveCount}`,
    input: cancelRunInput(input, cause, redriveCount),
  };
}

/** Doubles with every redrive: what is broken for long is not helped by more load. */
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

/** A booking run bears its `execution_id` as name, a cancel run adds a suffix to it. */
function namesItsOwnRun(name: string, input: CompensationInput): boolean {
  return input.action === 'cancel' ? name.startsWith(`${input.execution_id}.`) : name === input.execution_id;
}

const nothing = (reason: string): RedriveDecision => ({ kind: 'nothing to do', reason });
