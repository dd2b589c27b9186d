import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import { plannedRedrive } from './redrive.ts';

export function isExecutionAlreadyExists(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExecutionAlreadyExists';
}

/** A redrive that was started before (a duplicate event) is started. */
export async function startOnce(saga: SagaStarter, name: string, input: Record<string, unknown>): Promise<void> {
  try {
    await saga.start(name, input);
  } catch (error) {
    if (!isExecutionAlreadyExists(error)) throw error;
  }
}

/**
 * Starts the redrive under the first number that is free, for callers that no event told how many there were.
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
