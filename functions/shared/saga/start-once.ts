import type { SagaStarter } from './saga-starter.ts';

/**
 * Starts a run under a name that is derived from what it is for. The same start of a run that is under way is success.
 * @returns whether it is under way: not where Step Functions refuses the name, since a run of that name has ended, or was
 *   started with another input
 */
export async function startOnce(saga: SagaStarter, name: string, input: Record<string, unknown>): Promise<boolean> {
  try {
    await saga.start(name, input);
    return true;
  } catch (error) {
    if (!isExecutionAlreadyExists(error)) throw error;
    return false;
  }
}

function isExecutionAlreadyExists(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExecutionAlreadyExists';
}
