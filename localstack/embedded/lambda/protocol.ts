/** What the main thread and a worker tell each other. Payloads travel as JSON text: what Lambda does, and cheaper than cloning objects. */

export interface WorkerSettings {
  readonly taskRoot: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logFormat: 'Text' | 'JSON';
  /** Holds the lines of the running invocation, so that they survive a worker that is killed while it spins. */
  readonly lines: SharedArrayBuffer;
}

export interface InvokeMessage {
  readonly requestId: string;
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly invokedArn: string;
  readonly traceId: string;
}

/** Lambda's error payload. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type WorkerMessage =
  /** Lines that the buffer has no room for. */
  | { readonly type: 'lines'; readonly lines: string }
  | { readonly type: 'ready'; readonly lines: string }
  | { readonly type: 'result'; readonly lines: string; readonly payload: string; readonly heapBytes: number }
  | { readonly type: 'error'; readonly lines: string; readonly error: ErrorPayload; readonly heapBytes: number }
  /** The environment cannot be used again: an init error, an unhandled rejection, an uncaught exception. */
  | { readonly type: 'fatal'; readonly lines: string; readonly error: ErrorPayload };
