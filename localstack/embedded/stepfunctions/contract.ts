import type { Caller } from '../types.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What EventBridge tells of an execution; dates are epoch milliseconds, `input` and `output` JSON texts. */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Undefined where it was not redriven. */
  readonly redrive?: Redrive | undefined;
}

export interface Redrive {
  readonly count: number;
  /** Of the last one, epoch milliseconds. */
  readonly date: number;
}

/**
 * Runs one Task: `resource` is a Lambda function's ARN or an optimised integration (`arn:aws:states:::dynamodb:updateItem`, …),
 * `input` its evaluated Parameters or the state's effective input, which it must not change. Rejects with an Error whose `name`
 * is the ASL error name and whose `message` is the cause. `signal` fires once the answer is not heard any more: the Task has timed out, or the
 * execution, or its part of a Map or Parallel, was ended.
 */
export type TaskPort = (
  task: {
    readonly resource: string;
    readonly input: unknown;
    readonly stateName: string;
    readonly executionArn: string;
    readonly signal: AbortSignal;
  },
  /** The machine's role. */
  caller: Caller,
) => Promise<unknown>;

/** Runs a function to its end. Rejects with an AwsError where Lambda itself refuses or fails. */
export type InvokeFunction = (
  arn: string,
  payload: unknown,
  caller: Caller,
  /** Fires once the answer is not heard any more: a function that has not begun need not. */
  signal?: AbortSignal,
) => Promise<{
  /** Parsed JSON. */
  readonly payload: unknown;
  /** `Unhandled` and the like where the function failed; the payload then is `{ errorType, errorMessage, trace }`. */
  readonly functionError?: string | undefined;
  /** The function's version that ran; `$LATEST` without. */
  readonly executedVersion?: string;
  /** Lambda's own; undefined where something else answered in the function's place. */
  readonly requestId?: string | undefined;
}>;

/** Resolves once the function's event is kept. Rejects as `InvokeFunction` does. */
export type InvokeEvent = (arn: string, payload: unknown, caller: Caller) => Promise<unknown>;

/** How an execution ended; `stopDate` in epoch milliseconds. */
export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopDate: number;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}
