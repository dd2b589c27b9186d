/** A worker thread in which environments of several functions run interleaved. */

import { Worker } from 'node:worker_threads';
import type { Request } from '../endpoint/http.ts';
import type { Reply } from '../http.ts';
import { systemPorts } from '../ports.ts';
import { watchForBlock } from './blocked-thread.ts';
import type { AwsCall, FromIsolate, IsolateSettings, ToIsolate } from './protocol.ts';
import { createSandbox, type IsolateEnd, type Sandbox, type SandboxParts } from './sandbox.ts';
import { LINE_BUFFER_BYTES } from './worker/line-buffer.ts';
import { createOutbox } from './worker/outbox.ts';

/** Bounds a worker's memory under load: V8 would let the young generation grow to three times as much before it collects. */
const YOUNG_GENERATION_MB = 16;

/**
 * An isolate that does not end in this time is given up. Node cannot stop one whose heap is exhausted inside certain builtins: its
 * memory limits are best effort.
 */
const TERMINATE_LIMIT_MS = 1_000;

/** Environments that are given up leave their modules, and what they still do, in the isolate: after so many it makes room for a new one. */
const DISCARDED_LIMIT = 20;

export interface IsolateOptions {
  readonly entry: URL;
  readonly settings: IsolateSettings;
  readonly memoryMb: number;
  /** Answers the SDK's calls of its functions. */
  readonly answerAws: (request: Request) => Promise<Reply>;
}

export interface Isolate {
  /** False once it takes no new environment: it ends when its last invocation has. */
  readonly open: boolean;
  /** @returns what tells the part of its thread's time that was used since this call, between 0 and 1 */
  watch(): () => number;
  /** Environments by the name of their function. */
  count(functionName?: string): number;
  start(parts: Omit<SandboxParts, 'link' | 'memory'>): Sandbox;
  retire(): void;
  onGone(listener: () => void): void;
  close(): Promise<void>;
}

export function startIsolate({ entry, settings, memoryMb, answerAws }: IsolateOptions): Isolate {
  const worker = new Worker(entry, {
    env: {},
    workerData: settings,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, maxOldGenerationSizeMb: memoryMb },
    name: 'functions',
  });
  const sandboxes = new Map<number, Sandbox>();
  const goneListeners: (() => void)[] = [];
  let failure: Error | undefined;
  let gone = false;
  let open = true;
  let last = 0;
  let discarded = 0;
  const post = createOutbox<ToIsolate>((messages) => worker.postMessage(messages));

  async function answer(number: number, { method, path: url, headers, body }: AwsCall): Promise<void> {
    const mark = url.indexOf('?');
    const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
    const { status, ...rest } = await answerAws({ method, path, query, headers, body: Buffer.from(body as string) });
    post({ type: 'reply', call: number, status, headers: rest.headers, body: rest.body });
  }

  /** Milliseconds of a processor; where Node.js is too old to tell, of the clock. */
  async function usedMs(): Promise<number> {
    if (worker.cpuUsage === undefined) return performance.now();
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1_000;
  }

  worker.on('message', (messages: FromIsolate[]) => {
    for (const message of messages) {
      if (message.type === 'call') void answer(message.call, message);
      else sandboxes.get(message.environment)?.receive(message);
    }
  });
  worker.on('error', (error) => {
    failure ??= error;
  });
  worker.on('exit', ended);

  function ended(code: number): void {
    if (gone) return;
    gone = true;
    open = false;
    const all = [...sandboxes.values()];
    sandboxes.clear();
    const end: IsolateEnd = { error: failure, code, running: all.filter((sandbox) => sandbox.running).length };
    for (const sandbox of all) sandbox.isolateEnded(end);
    for (const listener of goneListeners) listener();
  }

  let ending: Promise<void> | undefined;

  function terminate(): Promise<void> {
    ending ??= endWorker();
    return ending;
  }

  async function endWorker(): Promise<void> {
    const giveUp = setTimeout(() => {
      worker.unref();
      ended(1);
    }, TERMINATE_LIMIT_MS);
    const whenGone = new Promise<void>((resolve) => {
      if (gone) resolve();
      else goneListeners.push(resolve);
    });
    void worker.terminate();
    await whenGone;
    clearTimeout(giveUp);
  }

  function endIfIdle(): void {
    if (!open && !gone && ![...sandboxes.values()].some(({ busy }) => busy)) void terminate();
  }

  const isolate: Isolate = {
    get open() {
      return open;
    },
    watch() {
      const from = worker.performance.eventLoopUtilization();
      return () => worker.performance.eventLoopUtilization(from).utilization;
    },
    count(name) {
      if (name === undefined) return sandboxes.size;
      return [...sandboxes.values()].filter(({ functionName }) => functionName === name).length;
    },
    start(parts) {
      const environment = ++last;
      const memory = new SharedArrayBuffer(LINE_BUFFER_BYTES);
      const { variables, settings: own } = parts;
      const sandbox = createSandbox({
        ...parts,
        memory,
        link: {
          invoke: (invocation) => post({ type: 'invoke', environment, invocation }),
          discard() {
            post({ type: 'discard', environment });
            const othersWait = [...sandboxes.values()].some((other) => other !== sandbox && other.busy);
            // Blocked by code that spins it is ended with everything in it; with nothing else in it, at once.
            if (othersWait) return watchForBlock(usedMs, systemPorts.scheduler, terminate);
            return systemPorts.scheduler.after(0, terminate);
          },
          idle: endIfIdle,
          gone() {
            sandboxes.delete(environment);
            discarded += 1;
            if (discarded >= DISCARDED_LIMIT) isolate.retire();
            endIfIdle();
          },
        },
      });
      sandboxes.set(environment, sandbox);
      post({ type: 'load', environment, settings: { ...own, lines: memory }, variables });
      return sandbox;
    },
    retire() {
      if (!open) return;
      open = false;
      for (const sandbox of [...sandboxes.values()]) if (!sandbox.busy) sandbox.close();
      endIfIdle();
    },
    onGone: (listener) => void goneListeners.push(listener),
    close: terminate,
  };
  return isolate;
}
