/** The entry of one execution environment: loads the handler once, then runs one invocation after the other. */

import { enableCompileCache } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorPayload, InvokeMessage, WorkerMessage, WorkerSettings } from '../protocol.ts';
import { type Handler, loadHandler } from './handler.ts';
import { lineBuffer } from './line-buffer.ts';
import { captureOutput } from './output.ts';

const settings = workerData as WorkerSettings;
const port = parentPort as NonNullable<typeof parentPort>;
const post = (message: WorkerMessage) => port.postMessage(message);

const buffer = lineBuffer(settings.lines, (lines) => post({ type: 'lines', lines }));
const output = captureOutput(settings.logFormat, buffer.append);
/** Answers the running invocation; later answers of the same one are ignored. */
let answer: ((error: unknown, result?: unknown) => void) | undefined;

function takeLines(): string {
  output.flush();
  return buffer.take();
}

function errorPayload(error: unknown): ErrorPayload {
  if (error instanceof Error || Object.prototype.toString.call(error) === '[object Error]') {
    const { name, message, stack } = error as Error;
    return { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function logError(title: string, error: unknown): ErrorPayload {
  const payload = errorPayload(error);
  const { errorType, errorMessage, trace } = payload;
  output.log('ERROR', `${title}\t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
  return payload;
}

function die(
  title: string,
  error: unknown,
  wrap: (payload: ErrorPayload) => ErrorPayload = (payload) => payload,
): void {
  post({ type: 'fatal', error: wrap(logError(title, error)), lines: takeLines() });
  process.exit(129);
}

function run(handler: Handler, message: InvokeMessage): void {
  const { requestId, deadline } = message;
  output.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = message.traceId;
  const own = (error: unknown, result?: unknown) => {
    if (answer === own) finish(error, result);
  };
  answer = own;
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: settings.functionVersion,
    invokedFunctionArn: message.invokedArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: requestId,
    logGroupName: settings.logGroup,
    logStreamName: settings.logStream,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: own,
    fail: (error: unknown) => own(error ?? new Error('null')),
    succeed: (result: unknown) => own(null, result),
  };
  // While it runs only the function's own work keeps the loop alive, so that `beforeExit` tells of a function that waits for nothing.
  port.unref();
  try {
    const returned = handler(JSON.parse(message.payload), context, own);
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
  answer = undefined;
  port.ref();
  const heapBytes = getHeapStatistics().used_heap_size;
  if (error !== null && error !== undefined) {
    const payload = logError('Invoke Error ', error);
    post({ type: 'error', error: payload, lines: takeLines(), heapBytes });
    return;
  }
  let payload: string;
  try {
    payload = JSON.stringify(result) ?? 'null';
  } catch {
    const unserializable: ErrorPayload = {
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to stringify response body',
      trace: [],
    };
    post({ type: 'error', error: unserializable, lines: takeLines(), heapBytes });
    return;
  }
  post({ type: 'result', payload, lines: takeLines(), heapBytes });
}

process.on('beforeExit', () => answer?.(null, null));
process.on('uncaughtException', (error) => die('Uncaught Exception ', error));
process.on('unhandledRejection', (reason) =>
  die('Unhandled Promise Rejection ', reason, ({ trace }) => ({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: String(reason),
    ...(trace && { trace }),
  })),
);

// The process may run with a limit of 0 (it doubles the state machine's speed), which AWS does not.
Error.stackTraceLimit = 10;
enableCompileCache(`${settings.taskRoot}/../compiled`);
try {
  const handler = await loadHandler(settings.taskRoot, settings.handler);
  port.on('message', (message: InvokeMessage) => run(handler, message));
  post({ type: 'ready', lines: takeLines() });
} catch (error) {
  die('Uncaught Exception ', error);
}
