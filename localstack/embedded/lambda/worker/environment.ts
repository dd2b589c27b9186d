/** One execution environment: loads the handler once, then runs one invocation after the other. */

import { getHeapStatistics } from 'node:v8';
import type { EnvironmentSettings, ErrorPayload, FromEnvironment, InvokeMessage } from '../protocol.ts';
import { type Handler, loadHandler } from './handler.ts';
import { lineBuffer, progressOf } from './line-buffer.ts';
import { createOutput } from './output.ts';
import { type Surroundings, within } from './surroundings.ts';

export interface Environment extends Surroundings {
  /** `host:port` of the local cloud. */
  readonly endpoint: string | undefined;
  /** False once nothing that it does has an effect any more. */
  readonly alive: boolean;
  load(): Promise<void>;
  run(invocation: InvokeMessage): void;
  /** Answers for a function that waits for nothing. */
  finishIdle(): void;
  /** Ends it for an error that nothing caught. @param wrap what the caller gets of the error */
  fail(title: string, error: unknown, wrap?: (payload: ErrorPayload) => ErrorPayload): void;
  discard(): void;
}

export interface EnvironmentOptions {
  readonly settings: EnvironmentSettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly post: (message: Unnumbered<FromEnvironment>) => void;
  /** Told when an invocation begins and ends. */
  readonly onRunning: (isRunning: boolean) => void;
}

type Unnumbered<Message> = Message extends { environment: number } ? Omit<Message, 'environment'> : never;

export function createEnvironment({ settings, variables, post, onRunning }: EnvironmentOptions): Environment {
  const buffer = lineBuffer(settings.lines, (lines) => alive && post({ type: 'lines', lines }));
  const progress = progressOf(settings.lines);
  const output = createOutput(settings.logFormat, buffer.append);
  let handler: Handler;
  let alive = true;
  /** Answers the running invocation; later answers of the same one are ignored. */
  let answer: ((error: unknown, result?: unknown) => void) | undefined;

  function takeLines(): string {
    output.flush();
    return buffer.take();
  }

  function logError(title: string, error: unknown): ErrorPayload {
    const payload = errorPayload(error);
    const { errorType, errorMessage, trace } = payload;
    output.log('ERROR', `${title}\t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
    return payload;
  }

  function setAnswer(next: typeof answer): void {
    answer = next;
    progress.set(next === undefined ? 'ended' : 'begun');
    onRunning(next !== undefined);
  }

  function end(error: ErrorPayload | undefined, reason: string): void {
    if (!alive) return;
    post({ type: 'fatal', error, reason, lines: takeLines() });
    environment.discard();
  }

  function run(invocation: InvokeMessage): void {
    const { requestId, timeoutMs } = invocation;
    // From here on, as the time limit: before, another environment's code may have held the thread.
    const deadline = Date.now() + timeoutMs;
    output.requestId = requestId;
    environment.variables._X_AMZN_TRACE_ID = invocation.traceId;
    const own = (error: unknown, result?: unknown) => {
      if (answer === own) finish(error, result);
    };
    setAnswer(own);
    const context = {
      functionName: settings.functionName,
      functionVersion: settings.functionVersion,
      invokedFunctionArn: invocation.invokedArn,
      memoryLimitInMB: String(settings.memoryMb),
      awsRequestId: requestId,
      logGroupName: settings.logGroup,
      logStreamName: settings.logStream,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      ...(settings.awaitsHandler ? {} : callbacksOf(own)),
    };
    try {
      const event: unknown = JSON.parse(invocation.payload);
      const returned = settings.awaitsHandler ? Promise.resolve(handler(event, context)) : handler(event, context, own);
      if (typeof (returned as Promise<unknown> | undefined)?.then === 'function') {
        (returned as Promise<unknown>).then(
          (result) => own(null, result),
          (error) => own(error ?? new Error('rejected without a reason')),
        );
      }
    } catch (error) {
      own(error ?? new Error('thrown without a reason'));
    }
  }

  function finish(error: unknown, result: unknown): void {
    setAnswer(undefined);
    const heapBytes = heapInUse();
    if (error !== null && error !== undefined) {
      const payload = logError('Invoke Error ', error);
      post({ type: 'error', error: payload, lines: takeLines(), heapBytes });
      return;
    }
    try {
      const payload = JSON.stringify(result) ?? 'null';
      post({ type: 'result', payload, lines: takeLines(), heapBytes });
    } catch {
      const errorMessage = 'Unable to stringify response body';
      const unserializable: ErrorPayload = { errorType: 'Runtime.MarshalError', errorMessage, trace: [] };
      post({ type: 'error', error: unserializable, lines: takeLines(), heapBytes });
    }
  }

  const environment: Environment = {
    variables: { ...variables },
    globals: {},
    output,
    endpoint: variables.AWS_ENDPOINT_URL && new URL(variables.AWS_ENDPOINT_URL).host,
    get alive() {
      return alive;
    },
    async load() {
      progress.set('begun');
      try {
        handler = await within(environment, () => loadHandler(settings));
        progress.set('ended');
        if (alive) post({ type: 'ready', lines: takeLines() });
      } catch (error) {
        environment.fail('Uncaught Exception ', error);
      }
    },
    run: (invocation) => within(environment, () => run(invocation)),
    finishIdle: () => within(environment, () => answer?.(null, null)),
    fail(title, error, wrap = (payload) => payload) {
      if (alive) end(wrap(logError(title, error)), '');
    },
    exit: (reason) => end(undefined, reason),
    discard() {
      alive = false;
      if (answer !== undefined) setAnswer(undefined);
    },
  };
  return environment;
}

/** Of the context, in runtimes whose handlers may answer by a callback. */
function callbacksOf(own: (error: unknown, result?: unknown) => void) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    done: own,
    fail: (error: unknown) => own(error ?? new Error('null')),
    succeed: (result: unknown) => own(null, result),
  };
}

function errorPayload(error: unknown): ErrorPayload {
  if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
    const { name, message, stack } = error as Error;
    return { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** Asking V8 costs as much as a small invocation. */
const HEAP_ASKED_EVERY_MS = 1_000;
let heap = { at: Number.NEGATIVE_INFINITY, bytes: 0 };

/** Of the whole isolate. */
function heapInUse(): number {
  const at = performance.now();
  if (at - heap.at > HEAP_ASKED_EVERY_MS) heap = { at, bytes: getHeapStatistics().used_heap_size };
  return heap.bytes;
}
