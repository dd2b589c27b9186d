/** One function at run time: its environments, concurrency limit and log. */

import { randomUUID } from 'node:crypto';
import type { Logs } from '../logs/index.ts';
import { type Authorize, AwsError, type Environment } from '../types.ts';
import type { Bundle } from './bundles.ts';
import { awaitsHandler, type FunctionSettings } from './function-settings.ts';
import { createInvocationLog } from './invocation-log.ts';
import type { Isolates } from './isolates.ts';
import { LoadError } from './load-error.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { createPool, type Pool, type Started } from './pool.ts';
import { INIT_LIMIT_MS } from './sandbox.ts';
import { logStreamName, workerEnvironment } from './worker-environment.ts';

export interface Invoking {
  /** Ends it where it has not begun. */
  readonly signal?: AbortSignal | undefined;
  /** A random one by default; the tries of an asynchronous event share theirs. */
  readonly requestId?: string;
}

export interface FunctionRuntime {
  readonly settings: FunctionSettings;
  readonly pool: Pool;
  bundle(): Promise<Bundle>;
  /** @param payload JSON text. @throws AwsError `TooManyRequestsException` at the reserved concurrency */
  invoke(
    payload: string,
    invokedArn: string,
    how?: Invoking,
  ): Promise<{ payload: string; functionError: 'Unhandled' | undefined; logTail: string; requestId: string }>;
  /** Loads the function once, or not at all once it is closed. @throws LoadError, or an error of its zip */
  warm(): Promise<void>;
  close(): void;
}

export interface RuntimeOptions {
  readonly settings: FunctionSettings;
  readonly environment: Environment;
  readonly authorize: Authorize;
  readonly logs: Logs;
  bundle(): Promise<Bundle>;
  readonly isolates: Isolates;
  /** Credentials and endpoint of the function. */
  readonly own: () => Readonly<Record<string, string>>;
  /** Environments at a time, in shared isolates. */
  readonly maxEnvironments: number;
  /** Invocations under way of all versions of the function: they share its concurrency. */
  load(): number;
}

/**
 * Lambda's answer for a fault of its own: a caller that may repeat the invocation does, as with AWS, and this does not.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
const INTERRUPTED =
  'interrupted, since a function that shared its isolate blocked it or took all its memory; both run alone from now on';

/** Where a function's first environment is: with those of all others, so that V8 optimizes what they share for all at once. */
const FIRST_PLACE = 0;

/** An isolate of its own costs a hundred times the memory of an environment in a shared one. */
const MAX_ALONE = 2;

export function createFunctionRuntime(options: RuntimeOptions): FunctionRuntime {
  const { settings, environment } = options;
  const log = createInvocationLog(settings, options.logs, options.authorize, environment);
  const limit = settings.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  let closed = false;
  /** Set once an isolate has ended while the function ran: from then on it does that to nothing but itself. */
  let alone = false;

  async function start(place = FIRST_PLACE) {
    const { taskRoot } = await options.bundle();
    if (closed) throw shuttingDown(settings.name);
    const logStream = logStreamName(settings.version);
    return options.isolates.start(
      {
        variables: workerEnvironment(settings, taskRoot, logStream, environment, options.own()),
        settings: {
          taskRoot,
          handler: settings.handler,
          awaitsHandler: awaitsHandler(settings),
          functionName: settings.name,
          functionVersion: settings.version,
          memoryMb: settings.memoryMb,
          logGroup: settings.logGroup,
          logStream,
          logFormat: settings.logFormat,
        },
      },
      alone ? undefined : place,
    );
  }

  const pool = createPool({
    start,
    limit: () => Math.min(limit, alone ? MAX_ALONE : options.maxEnvironments),
    watch: () => (alone ? () => FIRST_PLACE : options.isolates.watch()),
  });

  async function execute({ sandbox, init }: Started, payload: string, invokedArn: string, requestId: string) {
    const startedAt = Date.now();
    const began = performance.now();
    const { timeoutMs } = settings;
    const message = { requestId, payload, timeoutMs, invokedArn, traceId: traceIdOf(requestId, startedAt) };
    const ending = init?.failed ?? (await sandbox.run(message));
    if (closed) throw shuttingDown(settings.name);
    if (sandbox.endedIsolate) alone = true;
    if (ending.kind === 'unstarted' || init?.failed?.kind === 'interrupted') return undefined;
    const outcome =
      ending.kind === 'interrupted'
        ? undefined
        : outcomeOf(ending, requestId, init?.failed ? INIT_LIMIT_MS : timeoutMs);
    const logTail = log.write({
      requestId,
      logStream: sandbox.logStream,
      startedAt,
      durationMs: performance.now() - began,
      init,
      lines: ending.lines,
      note: outcome === undefined ? INTERRUPTED : outcome.note,
      heapBytes: 'heapBytes' in ending ? ending.heapBytes : 0,
    });
    if (outcome === undefined) throw new AwsError('ServiceException', `${settings.name}: ${INTERRUPTED}`, 500);
    return { payload: outcome.payload, functionError: outcome.functionError, logTail, requestId };
  }

  return {
    settings,
    pool,
    bundle: options.bundle,
    async invoke(payload, invokedArn, { signal, requestId = randomUUID() } = {}) {
      if (options.load() >= limit) {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
          Type: 'User',
        });
      }
      for (;;) {
        // Again only where nothing of the invocation has happened.
        const reply = await pool.use((started) => execute(started, payload, invokedArn, requestId), signal);
        if (reply !== undefined) return reply;
      }
    },
    async warm() {
      if (closed) return;
      const init = await pool.warm().catch((error: Error) => {
        if (!closed) throw error;
      });
      // One that the shutdown ended says nothing of the function.
      if (!init?.failed || closed) return;
      if (init.failed.kind === 'interrupted' || init.failed.kind === 'unstarted') return;
      const { payload }: Outcome = outcomeOf(init.failed, 'init', INIT_LIMIT_MS);
      throw new LoadError(settings, JSON.parse(payload));
    },
    close() {
      closed = true;
      pool.close();
    },
  };
}

function shuttingDown(name: string): AwsError {
  return new AwsError('ServiceException', `${name}: the local cloud is shutting down`, 500);
}

/** In X-Ray's form, derived from the request, so that both can be found from each other. */
function traceIdOf(requestId: string, at: number): string {
  const hex = requestId.replaceAll('-', '');
  const seconds = Math.floor(at / 1_000).toString(16);
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`;
}
