/** The entry of an isolate: environments of several functions, whose invocations run interleaved. */

import { enableCompileCache, flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { CallReply, FromIsolate, IsolateSettings, ToIsolate } from '../protocol.ts';
import { createEnvironment, type Environment } from './environment.ts';
import { createOutbox } from './outbox.ts';
import { requestsOverPort, type SendCall } from './port-request.ts';
import { makeSecretKeys } from './secret-keys.ts';
import { current, Exited, surround } from './surroundings.ts';

const { awsCalls, compileCache } = workerData as IsolateSettings;
const port = parentPort as NonNullable<typeof parentPort>;
const environments = new Map<number, Environment>();
const calls = new Map<number, (reply: CallReply) => void>();
let lastCall = 0;
/** Environments in which an invocation runs. */
let running = 0;
const post = createOutbox<FromIsolate>((messages) => port.postMessage(messages));

/** While functions run only their own work keeps the loop alive, so that `beforeExit` tells of those that wait for nothing. */
function watchLoop(): void {
  if (running > 0 && calls.size === 0) port.unref();
  else port.ref();
}

const runningEnvironment = (): Environment | undefined => current() as Environment | undefined;

const sendCall: SendCall = (call, answered) => {
  const environment = runningEnvironment();
  // Of an environment that was given up: as if its process had been ended.
  if (environment?.alive !== true) return () => undefined;
  const number = ++lastCall;
  calls.set(number, (reply) => environment.alive && answered(reply));
  watchLoop();
  post({ type: 'call', call: number, ...call });
  return () => {
    calls.delete(number);
    watchLoop();
  };
};

function receive(message: ToIsolate): void {
  if (message.type === 'reply') {
    const answered = calls.get(message.call);
    calls.delete(message.call);
    watchLoop();
    answered?.(message);
    return;
  }
  const { environment: number } = message;
  if (message.type === 'load') {
    const environment = createEnvironment({
      ...message,
      post: (said) => post({ ...said, environment: number } as FromIsolate),
      onRunning(isRunning) {
        running += isRunning ? 1 : -1;
        watchLoop();
      },
    });
    environments.set(number, environment);
    void environment.load().then(keepCompiled);
  } else if (message.type === 'invoke') {
    environments.get(number)?.run(message.invocation);
  } else {
    environments.get(number)?.discard();
    environments.delete(number);
    watchLoop();
    post({ type: 'discarded', environment: number });
  }
}

/** @throws the error where no environment can be told that it is its own: the isolate ends */
function fail(error: unknown, tell: (environment: Environment) => void): void {
  const environment = runningEnvironment();
  if (environment?.alive === false || error instanceof Exited) return;
  if (environment === undefined) throw error;
  tell(environment);
}

/** Node writes its cache when a process ends, and an isolate is ended from outside. */
let keepingCompiled: NodeJS.Timeout | undefined;
function keepCompiled(): void {
  clearTimeout(keepingCompiled);
  keepingCompiled = setTimeout(flushCompileCache, 500).unref();
}

process.on('beforeExit', () => {
  for (const environment of environments.values()) environment.finishIdle();
});
process.on('uncaughtException', (error) =>
  fail(error, (environment) => environment.fail('Uncaught Exception ', error)),
);
process.on('unhandledRejection', (reason) =>
  fail(reason, (environment) =>
    environment.fail('Unhandled Promise Rejection ', reason, ({ trace }) => ({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: String(reason),
      ...(trace && { trace }),
    })),
  ),
);

// The process may run with a limit of 0 (it doubles the state machine's speed), which AWS does not.
Error.stackTraceLimit = 10;
enableCompileCache(compileCache);
surround();
makeSecretKeys();
if (awsCalls === 'port') requestsOverPort(() => runningEnvironment()?.endpoint, sendCall);
port.on('message', (messages: ToIsolate[]) => {
  for (const message of messages) receive(message);
});
