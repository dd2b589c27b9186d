import type { SagaStarter } from '#functions/shared/saga-starter.ts';

/** Starts a run under a name that is derived from what it is for: one that was started before is success. */
export async function startOnce(saga: SagaStarter, name: string, input: Record<string, unknown>): Promise<void> {
  try {
    await saga.start(name, input);
  } catch (error) {
    if (!isExecutionAlreadyExists(error)) throw error;
  }
}

export function isExecutionAlreadyExists(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExecutionAlreadyExists';
}
