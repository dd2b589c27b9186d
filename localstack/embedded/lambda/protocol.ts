/**
 * What the main thread and an isolate tell each other, in arrays of messages: those of one turn of the loop are sent as one. Payloads travel
 * as JSON text: what Lambda does, and cheaper than cloning objects.
 */

/** Of an isolate. */
export interface IsolateSettings {
  /** Whether the SDK's calls of the local cloud go through this port, or through sockets as on AWS. */
  readonly awsCalls: 'port' | 'http';
  /** Keeps compiled code for the next start. */
  readonly compileCache: string;
}

export interface EnvironmentSettings {
  readonly taskRoot: string;
  readonly handler: string;
  /** Whether its runtime takes what the handler returns and knows no callbacks, as from nodejs24.x on. */
  readonly awaitsHandler: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logFormat: 'Text' | 'JSON';
  /** Holds the lines of the running invocation, so that they survive an isolate that is ended while it spins. */
  readonly lines: SharedArrayBuffer;
}

export interface InvokeMessage {
  readonly requestId: string;
  readonly payload: string;
  /** From when it begins. */
  readonly timeoutMs: number;
  readonly invokedArn: string;
  readonly traceId: string;
}

/** Lambda's error payload. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Of an environment, which has a number of its own in its isolate. */
type Of<Message> = Message & { readonly environment: number };

export type ToIsolate =
  | Of<{
      readonly type: 'load';
      readonly settings: EnvironmentSettings;
      readonly variables: Readonly<Record<string, string>>;
    }>
  | Of<{ readonly type: 'invoke'; readonly invocation: InvokeMessage }>
  /** Nothing that the environment does from now on has an effect. */
  | Of<{ readonly type: 'discard' }>
  | ({ readonly type: 'reply'; readonly call: number } & CallReply);

export type FromEnvironment = Of<
  /** Lines that the buffer has no room for. */
  | { readonly type: 'lines'; readonly lines: string }
  | { readonly type: 'ready'; readonly lines: string }
  | { readonly type: 'result'; readonly lines: string; readonly payload: string; readonly heapBytes: number }
  | { readonly type: 'error'; readonly lines: string; readonly error: ErrorPayload; readonly heapBytes: number }
  /** It cannot be used again: an init error, an unhandled rejection, an uncaught exception, an exit. */
  | {
      readonly type: 'fatal';
      readonly lines: string;
      readonly error: ErrorPayload | undefined;
      readonly reason: string;
    }
  | { readonly type: 'discarded' }
>;

/** A request of the SDK to the local cloud. */
export interface AwsCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface CallReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array;
}

export type FromIsolate = FromEnvironment | ({ readonly type: 'call'; readonly call: number } & AwsCall);
