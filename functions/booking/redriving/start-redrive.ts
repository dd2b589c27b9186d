import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import { startOnce } from '#functions/shared/saga/start-once.ts';
import type { CancelCause } from '#schema/execution-names.ts';
import { maxRedrives, plannedRedrive } from './redrive.ts';

/**
 * Starts one more redrive, under the first number that is free, for a caller that no event told how many there were.
 * @param run the booking run's input
 * @returns its name, or undefined where all of them were started before
 */
export async function startNextRedrive(
  saga: SagaStarter,
  run: Readonly<Record<string, unknown>>,
  cause: CancelCause,
): Promise<string | undefined> {
  for (let number = 1; number <= maxRedrives; number++) {
    const redrive = plannedRedrive(run, cause, number);
    if (await startOnce(saga, redrive.name, redrive.input)) return redrive.name;
  }
  return undefined;
}
