import type { Request } from '../endpoint/http.ts';
import type { Reply } from '../http.ts';
import type { Logs } from '../logs/index.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/index.ts';
import type { Authorize, AwsService, Caller, Closable, Environment, Stack, StackResource } from '../types.ts';
import type { SendToQueue } from './bury-invocation.ts';
import type { HookReply, InvokeHook } from './interceptors.ts';
import type { Isolation } from './isolates.ts';

export interface InvokeResult extends HookReply {
  /** The last 4 kB of the invocation's log, plain text. */
  readonly logTail: string;
  readonly executedVersion: string;
  /** Undefined where a hook answered in the function's place. */
  readonly requestId: string | undefined;
}

/** Why a function cannot be loaded. */
export interface LoadFailure {
  readonly functionName: string;
  readonly zip: string;
  /** Error type and message. */
  readonly reason: string;
  /** Frames as V8 writes them; none where there is no code to run. */
  readonly stack: readonly string[];
}

export interface FunctionsSwap {
  /** Names of the functions that run in new code, or with new settings, from now on. */
  readonly functions: readonly string[];
  /** Functions whose new code cannot be loaded; they keep the old one. */
  readonly failures: readonly LoadFailure[];
}

export interface LambdaService extends AwsService, Closable {
  /**
   * Synchronous invocation.
   * @throws AwsError for what Lambda itself refuses: `ResourceNotFoundException`, `TooManyRequestsException`, `RequestTooLargeException`,
   *   AccessDenied from `authorize`. A failing function is no error but a reply with `functionError`.
   * @param signal of a caller that gives up: what has not begun by then never does, and the signal's reason is thrown; what runs goes on
   */
  invoke(functionNameOrArn: string, payload: unknown, caller: Caller, signal?: AbortSignal): Promise<InvokeResult>;
  /** @returns a function that takes the hook away again */
  intercept(hook: InvokeHook): () => void;
  /**
   * Asynchronous invocation: resolves once it is kept; `ended` resolves after the first try, whatever came of it. What fails for good is
   * buried as the function's settings say.
   * @throws AwsError as `invoke` does for a function that is not there, or that the caller may not invoke
   */
  invokeEvent(functionNameOrArn: string, payload: unknown, caller: Caller): Promise<{ readonly ended: Promise<void> }>;
  /**
   * Starts one environment of each function, of its published version where it has one.
   * @returns the functions that cannot be loaded; the rest runs
   */
  warm(names?: readonly string[]): Promise<readonly LoadFailure[]>;
  /**
   * Takes the functions as they are now. Only what differs in settings or code is started anew; invocations under way end in the old
   * code, and functions that are not among these are gone, unless the others stay.
   * @throws an error that lists the functions whose zip is missing
   */
  swap(functions: readonly StackResource[], stackFolder: string, rest?: { others: 'stay' }): Promise<FunctionsSwap>;
}

export interface LambdaOptions {
  readonly functions: readonly StackResource[];
  readonly stackFolder: string;
  /** Where the functions' zips are unpacked; a folder of the user's own below the system's temporary folder by default. */
  readonly tempFolder?: string | undefined;
  readonly environment: Environment;
  readonly authorize: Authorize;
  readonly environmentFor: (fn: StackResource) => Record<string, string>;
  readonly logs: Logs;
  /** `shared` by default. */
  readonly isolation?: Isolation | undefined;
  /** Environments of a function at a time, in shared isolates; 12 by default. */
  readonly maxEnvironments?: number | undefined;
  /** Answers the functions' own calls of AWS, in place of sockets to the endpoint. */
  readonly answerAws?: ((request: Request) => Promise<Reply>) | undefined;
  readonly asyncRetryDelaysMs?: readonly number[];
  /** aws_lambda_function_event_invoke_config */
  readonly eventInvokeConfigs?: readonly StackResource[];
  /** Whose permissions and event source mappings are told; what they mean is done elsewhere. */
  readonly stack?: Pick<Stack, 'resources'>;
  /** Where records of failed asynchronous invocations go. */
  readonly sendToQueue?: SendToQueue;
  /** Of the retries of asynchronous invocations; a function itself runs in real time. */
  readonly ports?: Pick<Ports, 'clock' | 'scheduler'>;
  /** Keeps asynchronous invocations until they are over; memory by default. */
  readonly store?: Store;
  /** When those that a former process left may go on: at once by default. */
  readonly ready?: Promise<void>;
  /** Told of asynchronous invocations that were lost; standard error by default. */
  readonly warn?: (message: string) => void;
}
