/** Starts runs of the state machine. */
export interface SagaStarter {
  /** @returns the execution's ARN @throws ExecutionAlreadyExists */
  start(name: string, input: Record<string, unknown>): Promise<string>;
}
