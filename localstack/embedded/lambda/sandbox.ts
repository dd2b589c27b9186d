/** One execution environment seen from outside: it starts once and runs one invocation at a time until it dies. */

import type { Ending } from './endings.ts';
import type { EnvironmentSettings, ErrorPayload, FromEnvironment, InvokeMessage } from './protocol.ts';
import { progressOf, readLineBuffer } from './worker/line-buffer.ts';

/** How often it is looked whether an invocation that was sent has begun. */
const WATCH_MS = 100;

/** AWS gives the init phase so long. */
export const INIT_LIMIT_MS = 10_000;

type Settled = Ending | { readonly kind: 'ready'; readonly lines: string };

export interface Init {
  readonly durationMs: number;
  readonly lines: string;
  readonly failed: Ending | undefined;
}

/** How the isolate of an environment ended. */
export interface IsolateEnd {
  readonly error: NodeJS.ErrnoException | undefined;
  readonly code: number;
  /** Environments that were running code of their own. */
  readonly running: number;
}

export interface Sandbox {
  readonly functionName: string;
  readonly logStream: string;
  /** Resolves when the handler is loaded or cannot be; `failed` tells which. Never rejects. */
  readonly init: Promise<Init>;
  readonly alive: boolean;
  /** Whether it loads or runs. */
  readonly busy: boolean;
  /** Whether code of its own runs, as far as its isolate has told. */
  readonly running: boolean;
  /** Whether its isolate ended while it ran, which it may be the cause of. */
  readonly endedIsolate: boolean;
  run(message: InvokeMessage): Promise<Ending>;
  /** Calls `listener` once when it is gone, for whatever reason. */
  onGone(listener: () => void): void;
  /** Gives it up, and what runs in it. */
  close(): void;
  receive(message: FromEnvironment): void;
  isolateEnded(end: IsolateEnd): void;
}

/** To its isolate. */
export interface SandboxLink {
  invoke(message: InvokeMessage): void;
  /** Ends the isolate where it does not confirm with `discarded`. @returns what ends the wait for it */
  discard(): () => void;
  /** Told when nothing runs in it any more, for now. */
  idle(): void;
  gone(): void;
}

export interface SandboxParts {
  readonly settings: Omit<EnvironmentSettings, 'lines'>;
  readonly variables: Readonly<Record<string, string>>;
  readonly memory: SharedArrayBuffer;
  readonly link: SandboxLink;
}

export function createSandbox({ settings, memory, link }: Omit<SandboxParts, 'variables'>): Sandbox {
  const bornAt = performance.now();
  const progress = progressOf(memory);
  const goneListeners: (() => void)[] = [];
  let alive = true;
  let endedIsolate = false;
  let overflow = '';
  let settle: ((ending: Settled) => void) | undefined;
  /** Set while an invocation that ran out of time waits for its end: only then its code runs no more. */
  let stopWaiting: (() => void) | undefined;

  function takeLines(lines = readLineBuffer(memory)): string {
    const all = overflow + lines;
    overflow = '';
    return all;
  }

  function wait(timeoutMs: number): Promise<Settled> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        stopWaiting = link.discard();
      };
      // Time runs from when it begins: before, another environment's code may hold the thread, within a limit of its own.
      const begin = (leftMs: number): void => {
        timer = progress.get() === 'sent' ? setTimeout(begin, WATCH_MS, timeoutMs) : setTimeout(giveUp, leftMs);
      };
      let timer = setTimeout(begin, Math.min(timeoutMs, WATCH_MS), timeoutMs - WATCH_MS);
      settle = (ending) => {
        clearTimeout(timer);
        settle = undefined;
        resolve(ending);
      };
    });
  }

  function finish(ending: Settled, dies = stopWaiting !== undefined): void {
    const settleNow = settle;
    if (dies) die();
    settleNow?.(ending);
    link.idle();
  }

  function die(): void {
    if (!alive) return;
    alive = false;
    stopWaiting?.();
    link.gone();
    for (const listener of goneListeners) listener();
  }

  function endedWithIsolate({ error, code, running: atOnce }: IsolateEnd): Ending {
    const lines = takeLines();
    if (stopWaiting !== undefined) return { kind: 'timeout', lines };
    if (progress.get() === 'sent') return { kind: 'unstarted', lines };
    if (progress.get() === 'ended' || atOnce > 1) return { kind: 'interrupted', lines };
    const reason = error === undefined ? `exit status ${code}` : `${error.name}: ${error.message}`;
    return { kind: 'crash', error: memoryError(error), reason, lines };
  }

  const sandbox: Sandbox = {
    functionName: settings.functionName,
    logStream: settings.logStream,
    init: wait(INIT_LIMIT_MS).then((ending) => {
      const durationMs = performance.now() - bornAt;
      if (ending.kind !== 'ready') return { durationMs, lines: '', failed: ending };
      return { durationMs, lines: ending.lines, failed: undefined };
    }),
    get alive() {
      return alive;
    },
    get busy() {
      return settle !== undefined;
    },
    get running() {
      return progress.get() === 'begun';
    },
    get endedIsolate() {
      return endedIsolate;
    },
    async run(message) {
      if (!alive) return { kind: 'unstarted', lines: '' };
      progress.set('sent');
      const waiting = wait(message.timeoutMs);
      link.invoke(message);
      return (await waiting) as Ending;
    },
    onGone(listener) {
      if (alive) goneListeners.push(listener);
      else listener();
    },
    close() {
      link.discard()();
      finish({ kind: 'interrupted', lines: takeLines() }, true);
    },
    receive(message) {
      switch (message.type) {
        case 'lines':
          overflow += message.lines;
          break;
        case 'discarded':
          finish({ kind: 'timeout', lines: takeLines() }, true);
          break;
        case 'fatal':
          finish({ ...message, kind: 'crash', lines: takeLines(message.lines) }, true);
          break;
        default:
          finish({ ...message, kind: message.type, lines: takeLines(message.lines) } as Settled);
      }
    },
    isolateEnded(end) {
      endedIsolate = progress.get() === 'begun';
      finish(endedWithIsolate(end), true);
    },
  };
  return sandbox;
}

function memoryError(error: NodeJS.ErrnoException | undefined): ErrorPayload | undefined {
  if (error?.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined;
  return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Error: Memory limit exceeded' };
}
