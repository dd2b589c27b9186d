import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import type { ExecutionReader } from './execution-reader.ts';
import { plannedRedrive } from './redrive.ts';
import { isExecutionAlreadyExists } from './start-once.ts';

export interface RedriveStarter {
  readonly saga: SagaStarter;
  readonly executions: ExecutionReader;
  readonly executionArnOf: (executionName: string) => string;
}

/** Far more than the five tries: operators may move a dead letter back again and again. */
export const lastRedriveNumber = 99;

/**
 * Starts a planned redrive once, however often its event comes. Its number may be taken by a redrive for another
 * cause (that of the booking run, where this one is about the customer's cancellation): then the next one is tried.
 * @returns the name under which it was started, now or before
 */
export async function startRedriveOnce(deps: RedriveStarter, input: Record<string, unknown>): Promise<string> {
  for (let number = Number(input.redrive_count); number <= lastRedriveNumber; number++) {
    const { name } = plannedRedrive(input, number);
    try {
      await deps.saga.start(name, input);
      return name;
    } catch (error) {
      if (!isExecutionAlreadyExists(error)) throw error;
    }
    const earlier = await deps.executions.describe(deps.executionArnOf(name));
    if (earlier === undefined || isSameRedrive(earlier.input, input)) return name;
  }
  throw allNumbersTaken(input);
}

/**
 * Starts one more redrive, under the first number that is free, for callers that no event told how many there were.
 * @returns the number, or undefined where all up to `last` are taken
 */
export async function startUnderFreeNumber(
  saga: SagaStarter,
  input: Record<string, unknown>,
  numbers: { readonly first: number; readonly last: number },
): Promise<number | undefined> {
  for (let number = numbers.first; number <= numbers.last; number++) {
    const redrive = plannedRedrive(input, number);
    try {
      await saga.start(redrive.name, redrive.input);
      return number;
    } catch (error) {
      if (!isExecutionAlreadyExists(error)) throw error;
    }
  }
  return undefined;
}

export function allNumbersTaken(input: Record<string, unknown>): Error {
  return new Error(`All redrive numbers of ${String(input.execution_id)} are taken: start the machine by hand`);
}

function isSameRedrive(earlierInput: string, input: Record<string, unknown>): boolean {
  const earlier = JSON.parse(earlierInput) as Record<string, unknown>;
  return earlier.cause === input.cause && earlier.redrive_count === input.redrive_count;
}
