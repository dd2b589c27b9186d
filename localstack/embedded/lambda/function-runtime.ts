/** One function at run time: its environments, concurrency limit and log. */

import { randomUUID } from 'node:crypto';
import type { Logs } from '../logs/index.ts';
import { type Authorize, AwsError, type Environment } from '../types.ts';
import { type Bundle, unpack } from './bundles.ts';
import type { FunctionSettings } from './function-settings.ts';
import { createInvocationLog } from './invocation-log.ts';
import { LoadError } from './load-error.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { createPool, type Pool, type Started } from './pool.ts';
import { INIT_LIMIT_MS, startSandbox } from './sandbox.ts';
import type { Turns } from './turns.ts';
import { logStreamName, workerEnvironment } from './worker-environment.ts';

export interface FunctionRuntime {
  readonly settings: FunctionSettings;
  readonly pool: Pool;
  bundle(): Promise<Bundle>;
  /** @param payload JSON text. @throws AwsError `TooManyRequestsException` at the reserved concurrency */
  invoke(
    payload: string,
    invokedArn: string,
  ): Promise<{ payload: string; functionError: 'Unhandled' | undefined; logTail: string; requestId: string }>;
  /** Loads the function once, or not at all once it is closed. @throws LoadError, or an error of its zip */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  readonly settings: FunctionSettings;
  readonly environment: Environment;
  readonly authorize: Authorize;
  readonly logs: Logs;
  readonly folder: string;
  readonly workerEntry: URL;
  /** Credentials and endpoint of the function. */
  readonly own: () => Readonly<Record<string, string>>;
  mayGrow(size: number): boolean;
  /** Invocations under way of all versions of the function: they share its concurrency. */
  load(): number;
  readonly turns: Turns;
}

export function createFunctionRuntime(options: RuntimeOptions): FunctionRuntime {
  const { settings, environment } = options;
  const log = createInvocationLog(settings, options.logs, options.authorize, environment);
  const limit = settings.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  let unpacked: Promise<Bundle> | undefined;
  let closed = false;

  function bundle(): Promise<Bundle> {
    unpacked ??= unpack(settings, options.folder);
    return unpacked;
  }

  async function start() {
    const { taskRoot } = await bundle();
    const logStream = logStreamName(settings.version);
    return startSandbox({
      entry: options.workerEntry,
      env: workerEnvironment(settings, taskRoot, logStream, environment, options.own()),
      settings: {
        taskRoot,
        handler: settings.handler,
        functionName: settings.name,
        functionVersion: settings.version,
        memoryMb: settings.memoryMb,
        logGroup: settings.logGroup,
        logStream,
        logFormat: settings.logFormat,
      },
    });
  }

  const mayGrow = (size: number) => size < limit && options.mayGrow(size);
  const pool = createPool({ start, mayGrow, turns: options.turns });

  async function execute({ sandbox, init }: Started, payload: string, invokedArn: string) {
    const requestId = randomUUID();
    const startedAt = Date.now();
    const began = performance.now();
    const { timeoutMs } = settings;
    const deadline = startedAt + timeoutMs;
    const message = { requestId, payload, deadline, invokedArn, traceId: traceIdOf(requestId, startedAt) };
    const ending = init?.failed ?? (await sandbox.run(message, timeoutMs));
    if (closed) throw new AwsError('ServiceException', `${settings.name}: the local cloud is shutting down`, 500);
    const outcome = outcomeOf(ending, requestId, init?.failed ? INIT_LIMIT_MS : timeoutMs);
    const logTail = log.write({
      requestId,
      logStream: sandbox.logStream,
      startedAt,
      durationMs: performance.now() - began,
      init,
      lines: ending.lines,
      note: outcome.note,
      heapBytes: 'heapBytes' in ending ? ending.heapBytes : 0,
    });
    return { payload: outcome.payload, functionError: outcome.functionError, logTail, requestId };
  }

  return {
    settings,
    pool,
    bundle,
    async invoke(payload, invokedArn) {
      if (options.load() >= limit) {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
          Type: 'User',
        });
      }
      return pool.use((started) => execute(started, payload, invokedArn));
    },
    async warm() {
      if (closed) return;
      const init = await pool.warm();
      // One that the shutdown ended says nothing of the function.
      if (init?.failed === undefined || closed) return;
      const { payload }: Outcome = outcomeOf(init.failed, 'init', INIT_LIMIT_MS);
      throw new LoadError(settings, JSON.parse(payload));
    },
    async close() {
      closed = true;
      await pool.close();
    },
  };
}

/** In X-Ray's form, derived from the request, so that both can be found from each other. */
function traceIdOf(requestId: string, at: number): string {
  const hex = requestId.replaceAll('-', '');
  const seconds = Math.floor(at / 1_000).toString(16);
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`;
}
