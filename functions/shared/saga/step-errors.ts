import { SagaError } from './saga-error.ts';

/** The input does not fit the step's schema; the message names the field. */
export class InvalidSagaInputError extends SagaError {
  override readonly name = 'InvalidSagaInputError';
  override readonly retryable = false;
}

/** Thrown on purpose, by the fault-injection middleware alone. */
export class InjectedFaultError extends SagaError {
  override readonly name = 'InjectedFaultError';
  override readonly retryable = false;
}
