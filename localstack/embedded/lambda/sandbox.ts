/** One execution environment seen from outside: a worker that starts once and runs one invocation at a time until it dies. */

import { Worker } from 'node:worker_threads';
import type { ErrorPayload, InvokeMessage, WorkerMessage, WorkerSettings } from './protocol.ts';
import { LINE_BUFFER_BYTES, readLineBuffer } from './worker/line-buffer.ts';

/** AWS gives the init phase so long. */
export const INIT_LIMIT_MS = 10_000;
/** Bounds a worker's memory under load: V8 would let the young generation grow to three times as much before it collects. */
const YOUNG_GENERATION_MB = 16;

/**
 * A worker that does not end in this time is given up. Node cannot stop one whose heap is exhausted inside certain builtins: its
 * memory limits are best effort.
 */
const TERMINATE_LIMIT_MS = 1_000;

export interface SandboxOptions {
  readonly entry: URL;
  readonly env: Record<string, string>;
  readonly settings: Omit<WorkerSettings, 'lines'>;
}

export type Ending =
  | { readonly kind: 'result'; readonly payload: string; readonly lines: string; readonly heapBytes: number }
  | { readonly kind: 'error'; readonly error: ErrorPayload; readonly lines: string; readonly heapBytes: number }
  /** `lines` as far as they were written; the worker is gone. */
  | {
      readonly kind: 'crash';
      readonly error: ErrorPayload | undefined;
      readonly reason: string;
      readonly lines: string;
    }
  | { readonly kind: 'timeout'; readonly lines: string };

export interface Sandbox {
  readonly logStream: string;
  /** Resolves when the handler is loaded or cannot be; `failed` tells which. Never rejects. */
  readonly init: Promise<{ durationMs: number; lines: string; failed: Ending | undefined }>;
  readonly alive: boolean;
  run(message: InvokeMessage, timeoutMs: number): Promise<Ending>;
  /** Calls `listener` once when the worker is gone, for whatever reason. */
  onGone(listener: () => void): void;
  close(): Promise<void>;
}

export function startSandbox({ entry, env, settings }: SandboxOptions): Sandbox {
  const memory = new SharedArrayBuffer(LINE_BUFFER_BYTES);
  const began = performance.now();
  const worker = new Worker(entry, {
    env,
    workerData: { ...settings, lines: memory } satisfies WorkerSettings,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, maxOldGenerationSizeMb: settings.memoryMb },
    name: settings.functionName,
  });
  let alive = true;
  let overflow = '';
  let crash: { error: ErrorPayload | undefined; reason: string; lines?: string } | undefined;
  let settle: ((message: WorkerMessage | undefined) => void) | undefined;

  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'lines') overflow += message.lines;
    else if (message.type === 'fatal') crash = { error: message.error, reason: '', lines: message.lines };
    else settle?.(message);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    crash ??= { error: memoryError(error), reason: `${error.name}: ${error.message}` };
  });
  worker.on('exit', gone);
  const goneListeners: (() => void)[] = [];

  function gone(code: number): void {
    if (!alive) return;
    alive = false;
    crash ??= { error: undefined, reason: code === 0 ? '' : `exit status ${code}` };
    settle?.(undefined);
    for (const listener of goneListeners) listener();
  }

  async function terminate(): Promise<void> {
    const giveUp = setTimeout(() => {
      worker.unref();
      gone(1);
    }, TERMINATE_LIMIT_MS);
    const ended = new Promise<void>((resolve) => {
      if (alive) goneListeners.push(resolve);
      else resolve();
    });
    void worker.terminate();
    await ended;
    clearTimeout(giveUp);
  }

  function takeOverflow(): string {
    const lines = overflow;
    overflow = '';
    return lines;
  }

  function wait(timeoutMs: number): Promise<{ message: WorkerMessage | undefined; timedOut: boolean }> {
    return new Promise((resolve) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        // Its end settles this: only then the code runs no more.
        void terminate();
      }, timeoutMs);
      settle = (message) => {
        clearTimeout(timer);
        settle = undefined;
        resolve({ message, timedOut: timedOut && message === undefined });
      };
    });
  }

  function ending(message: WorkerMessage | undefined, timedOut: boolean): Ending {
    const earlier = takeOverflow();
    if (message?.type === 'result') {
      return { kind: 'result', payload: message.payload, lines: earlier + message.lines, heapBytes: message.heapBytes };
    }
    if (message?.type === 'error') {
      return { kind: 'error', error: message.error, lines: earlier + message.lines, heapBytes: message.heapBytes };
    }
    if (timedOut) return { kind: 'timeout', lines: earlier + readLineBuffer(memory) };
    const lines = earlier + (crash?.lines ?? readLineBuffer(memory));
    return { kind: 'crash', error: crash?.error, reason: crash?.reason ?? '', lines };
  }

  const init = wait(INIT_LIMIT_MS).then(({ message, timedOut }) => {
    const durationMs = performance.now() - began;
    if (message?.type !== 'ready') return { durationMs, lines: '', failed: ending(message, timedOut) };
    return { durationMs, lines: takeOverflow() + message.lines, failed: undefined };
  });

  return {
    logStream: settings.logStream,
    init,
    get alive() {
      return alive;
    },
    async run(message, timeoutMs) {
      if (!alive) return ending(undefined, false);
      const waiting = wait(timeoutMs);
      worker.postMessage(message);
      const { message: answer, timedOut } = await waiting;
      return ending(answer, timedOut);
    },
    onGone(listener) {
      if (alive) goneListeners.push(listener);
      else listener();
    },
    close: terminate,
  };
}

function memoryError(error: NodeJS.ErrnoException): ErrorPayload | undefined {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined;
  return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Error: Memory limit exceeded' };
}
