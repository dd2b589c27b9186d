/** From the way an invocation ended to what its caller gets, with AWS's error types and sentences. */

import type { OwnEnding } from './endings.ts';
import type { ErrorPayload } from './protocol.ts';

/** AWS's limit for a synchronous payload, either way. */
export const PAYLOAD_LIMIT_BYTES = 6_291_556;

/** AWS's limit for an asynchronous payload: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const EVENT_LIMIT_BYTES = 1_048_576;

export interface Outcome {
  /** JSON text. */
  readonly payload: string;
  readonly functionError: 'Unhandled' | undefined;
  /** A line that Lambda itself adds to the function's log. */
  readonly note: string | undefined;
}

export function outcomeOf(ending: OwnEnding, requestId: string, timeoutMs: number): Outcome {
  switch (ending.kind) {
    case 'result':
      return isOver(ending.payload, PAYLOAD_LIMIT_BYTES) ? tooLarge() : success(ending.payload);
    case 'error':
      return failure(ending.error);
    case 'timeout': {
      const sentence = `Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`;
      return failure(
        { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${sentence}` },
        `${new Date().toISOString()} ${requestId} ${sentence}`,
      );
    }
    case 'crash':
      return crashed(ending.error, ending.reason, requestId);
  }
}

/** Byte length of UTF-8, counted only where the number of characters leaves it open. */
export function isOver(text: string, limit: number): boolean {
  return text.length * 3 > limit && (text.length > limit || Buffer.byteLength(text) > limit);
}

function success(payload: string): Outcome {
  return { payload, functionError: undefined, note: undefined };
}

function failure(error: ErrorPayload, note?: string): Outcome {
  return { payload: JSON.stringify(error), functionError: 'Unhandled', note };
}

function crashed(error: ErrorPayload | undefined, reason: string, requestId: string): Outcome {
  if (error?.errorType === 'Runtime.OutOfMemory') {
    return failure({ ...error, errorMessage: `RequestId: ${requestId} ${error.errorMessage}` });
  }
  if (error !== undefined) return failure(error);
  const sentence = reason === '' ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`;
  const errorMessage = `RequestId: ${requestId} Error: ${sentence}`;
  return failure({ errorType: 'Runtime.ExitError', errorMessage }, `${errorMessage}\nRuntime.ExitError`);
}

function tooLarge(): Outcome {
  return failure({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${PAYLOAD_LIMIT_BYTES} bytes).`,
  });
}
