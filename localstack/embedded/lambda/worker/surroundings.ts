/**
 * What an environment finds around it, although several share an isolate: variables, output, globals of its own and an end of its own
 * process. Which environment runs follows its code through every await, timer and callback.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { captureOutput, type Output } from './output.ts';

export interface Surroundings {
  /** `process.env` */
  readonly variables: Record<string, string | undefined>;
  /** What it added to `globalThis`. */
  readonly globals: Record<PropertyKey, unknown>;
  readonly output: Output;
  /** Ends it as the end of its process would. @param reason as Lambda tells it; empty for the exit code 0 */
  exit(reason: string): void;
}

/** Thrown where a function ends its process: nothing after that line runs. */
export class Exited extends Error {}

const storage = new AsyncLocalStorage<Surroundings>();

/** @returns the environment whose code runs now; undefined for the isolate's own */
export const current = (): Surroundings | undefined => storage.getStore();

export function within<Result>(environment: Surroundings, run: () => Result): Result {
  return storage.run(environment, run);
}

/** Once an isolate. */
export function surround(): void {
  captureOutput(() => current()?.output);
  separateVariables();
  separateEnds();
  syncBuiltinESMExports();
  separateGlobals();
}

/** Also where a function puts another object in the place of `process.env`: its members become the variables. */
function separateVariables(): void {
  const variables = variablesOf(() => current()?.variables ?? {});
  Object.defineProperty(process, 'env', {
    enumerable: true,
    get: () => variables,
    set(next: NodeJS.ProcessEnv) {
      const own = current()?.variables;
      if (own === undefined) return;
      const entries = Object.entries({ ...next });
      for (const name of Object.keys(own)) delete own[name];
      for (const [name, value] of entries) own[name] = String(value);
    },
  });
}

/** The ways in which a function may end its own process; in an isolate they would end all environments, or the local cloud. */
function separateEnds(): void {
  const { exit, kill } = process;
  const leave = (reason: string): never => {
    current()?.exit(reason);
    throw new Exited('the function ended its process');
  };
  const leaveWith = (code: number | string | null | undefined): never => {
    const status = Number(code ?? process.exitCode ?? 0);
    return leave(status === 0 ? '' : `exit status ${status}`);
  };
  process.exit = (code) => (current() === undefined ? exit.call(process, code) : leaveWith(code));
  Object.assign(process, { reallyExit: leaveWith });
  process.kill = (pid, signal = 'SIGTERM') => {
    const isOwn = pid === process.pid || pid === 0;
    // Signal 0 asks whether there is such a process.
    if (!isOwn || signal === 0 || current() === undefined) return kill.call(process, pid, signal);
    return leave(`signal: ${signal}`);
  };
}

function variablesOf(now: () => Record<string, string | undefined>): NodeJS.ProcessEnv {
  return new Proxy<NodeJS.ProcessEnv>(Object.create(null), {
    get: (_, key) => (typeof key === 'string' ? now()[key] : undefined),
    has: (_, key) => Object.hasOwn(now(), key),
    set: (_, key, value) => Reflect.set(now(), key, String(value)),
    defineProperty: (_, key, { value }) => Reflect.set(now(), key, String(value)),
    deleteProperty: (_, key) => Reflect.deleteProperty(now(), key),
    ownKeys: () => Reflect.ownKeys(now()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(now(), key),
  });
}

/**
 * A property that an environment sets on `globalThis`, and that is not there yet, is set in the chain of its prototypes, where each environment
 * has its own. A built-in global that is replaced, and one that `Object.defineProperty` makes, are seen by all.
 */
function separateGlobals(): void {
  const globals = () => current()?.globals;
  const chain = new Proxy(Object.prototype, {
    get(builtIn, key, receiver) {
      const own = globals();
      return own !== undefined && Object.hasOwn(own, key) ? own[key] : Reflect.get(builtIn, key, receiver);
    },
    has: (builtIn, key) => Object.hasOwn(globals() ?? {}, key) || Reflect.has(builtIn, key),
    set(_, key, value, receiver) {
      const own = globals();
      if (own !== undefined) return Reflect.set(own, key, value);
      return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
    },
  });
  Object.setPrototypeOf(Object.getPrototypeOf(globalThis), chain);
}
