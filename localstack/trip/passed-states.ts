import { messageOfCause } from '#schema/failure-cause.ts';

/** The part of Step Functions' history events that tells how a state went. */
export interface HistoryEvent {
  readonly type?: string | undefined;
  readonly timestamp?: Date | undefined;
  readonly stateEnteredEventDetails?: { readonly name?: string | undefined } | undefined;
  readonly lambdaFunctionFailedEventDetails?: ErrorDetails | undefined;
  readonly lambdaFunctionTimedOutEventDetails?: ErrorDetails | undefined;
  readonly taskFailedEventDetails?: ErrorDetails | undefined;
  readonly taskTimedOutEventDetails?: ErrorDetails | undefined;
}

interface ErrorDetails {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

export interface PassedState {
  readonly name: string;
  /** Undefined where its last attempt succeeded. */
  readonly error: { readonly name: string; readonly message: string } | undefined;
  readonly failedAttempts: number;
  readonly milliseconds: number;
}

/**
 * The states that an execution has left so far, in order. An exit is also written after a caught error, so the last
 * attempt tells whether the state succeeded.
 */
export function passedStates(events: readonly HistoryEvent[]): PassedState[] {
  const passed: PassedState[] = [];
  let entered: { name: string; at: number } | undefined;
  let error: PassedState['error'];
  let failedAttempts = 0;
  for (const event of events) {
    const { type = '', timestamp } = event;
    const name = event.stateEnteredEventDetails?.name;
    if (name !== undefined) {
      entered = { name, at: timestamp?.getTime() ?? 0 };
      error = undefined;
      failedAttempts = 0;
      // A Fail state has no exit: entering it is all there is.
      if (type === 'FailStateEntered') passed.push({ name, error, failedAttempts, milliseconds: 0 });
      continue;
    }
    const failure = failureOf(event);
    if (failure !== undefined) {
      error = { name: failure.error ?? 'Unknown', message: messageOfCause(failure.cause ?? '') };
      failedAttempts++;
    } else if (type.endsWith('Succeeded') && type !== 'ExecutionSucceeded') {
      error = undefined;
    } else if (type.endsWith('StateExited') && entered !== undefined) {
      const milliseconds = (timestamp?.getTime() ?? entered.at) - entered.at;
      passed.push({ name: entered.name, error, failedAttempts, milliseconds });
      entered = undefined;
    }
  }
  return passed;
}

/** Whether the run has sent a dead letter, of what it could not undo or tell. */
export const hasLeftLetter = (passed: readonly PassedState[]): boolean =>
  passed.some(({ name, error }) => name.endsWith('ToDeadLetterQueue') && error === undefined);

/** Whether the run was refused since another booking has the trip's id. */
export const isIdTaken = (passed: readonly PassedState[]): boolean =>
  passed.some(({ name, error }) => name === 'ReserveBooking' && error?.name === 'BookingAlreadyExistsError');

function failureOf(event: HistoryEvent): ErrorDetails | undefined {
  return (
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails
  );
}
