/** Lambda: runs each function's real bundle in worker threads, and answers the calls of its API that a laptop needs. */

import { join } from 'node:path';
import { systemPorts } from '../ports.ts';
import { createStore } from '../store/index.ts';
import { AwsError, type Caller } from '../types.ts';
import { ASYNC_RETRY_DELAYS_MS, createAsyncInvocations } from './async-invocations.ts';
import { type Bundle, bundleFolder, requireZips, unpackOnce } from './bundles.ts';
import { buryInvocation } from './bury-invocation.ts';
import type { InvokeResult, LambdaOptions, LambdaService } from './contract.ts';
import { eventInvokeConfigs } from './event-invoke-config.ts';
import { functionNotFound, parseFunctionName } from './function-name.ts';
import { createFunctionRuntime, type FunctionRuntime, type Invoking } from './function-runtime.ts';
import { type FunctionSettings, keyOf, LATEST, settingsOf } from './function-settings.ts';
import { createInterceptors } from './interceptors.ts';
import { createIsolates } from './isolates.ts';
import { createOperations } from './operations.ts';
import { EVENT_LIMIT_BYTES, PAYLOAD_LIMIT_BYTES } from './outcome.ts';
import { textWithin } from './request-size.ts';
import { createSwapping } from './swapping.ts';
import { warmAll } from './warm-all.ts';
import { prepareWorkerCode } from './worker-code.ts';

export type { FunctionsSwap, InvokeResult, LambdaOptions, LambdaService, LoadFailure } from './contract.ts';
export type { HookCall, HookReply, InvokeHook } from './interceptors.ts';
export type { Isolation } from './isolates.ts';

/** @throws an error that lists the functions whose zip is missing, or the attribute that a function lacks */
export async function createLambda(options: LambdaOptions): Promise<LambdaService> {
  const { environment, authorize, logs, sendToQueue, warn = console.warn } = options;
  const settings = settingsOf(options.functions, options.stackFolder);
  const configOf = eventInvokeConfigs(
    options.eventInvokeConfigs ?? [],
    settings.map(({ name }) => name),
    environment,
  );
  await requireZips(settings.filter(({ version }) => version === LATEST));
  const folder = await bundleFolder(options.tempFolder);
  const isolates = createIsolates(options.isolation ?? 'shared', {
    entry: await prepareWorkerCode(folder),
    settings: { awsCalls: options.answerAws === undefined ? 'http' : 'port', compileCache: join(folder, 'compiled') },
    answerAws: options.answerAws ?? notAnswered,
  });

  /** By name and version; of one function, `$LATEST` first. */
  const runtimes = new Map<string, FunctionRuntime>();
  const versions = (name: string) => [...runtimes.values()].filter(({ settings: own }) => own.name === name);

  const runtimesOf = (all: readonly FunctionSettings[]): FunctionRuntime[] => {
    const unpack = unpackOnce(folder);
    return all.map((fn) => runtimeOf(fn, () => unpack(fn)));
  };

  function runtimeOf(fn: FunctionSettings, bundle: () => Promise<Bundle>): FunctionRuntime {
    const own = () => options.environmentFor(fn.resource);
    const load = () => versions(fn.name).reduce((sum, { pool }) => sum + pool.load, 0);
    const { maxEnvironments = 12 } = options;
    const parts = { settings: fn, environment, authorize, logs, bundle, isolates, own, maxEnvironments, load };
    return createFunctionRuntime(parts);
  }

  for (const runtime of runtimesOf(settings)) runtimes.set(keyOf(runtime.settings), runtime);
  const swapped = createSwapping({ runtimes, runtimesOf });

  const interceptors = createInterceptors((error) => error instanceof AwsError);

  function locate(nameOrArn: string, qualifierGiven?: string) {
    const { name, qualifier } = parseFunctionName(nameOrArn, qualifierGiven, environment);
    const unqualified = `arn:aws:lambda:${environment.region}:${environment.accountId}:function:${name}`;
    const arn = qualifier === undefined ? unqualified : `${unqualified}:${qualifier}`;
    return { name, qualifier, arn, key: `${name}:${qualifier ?? LATEST}` };
  }

  /** @throws AwsError `ResourceNotFoundException` */
  function runtimeAt({ key, arn }: { readonly key: string; readonly arn: string }): FunctionRuntime {
    const runtime = runtimes.get(key);
    if (runtime === undefined) throw functionNotFound(arn);
    return runtime;
  }

  /** @throws AwsError `ResourceNotFoundException`, or AccessDenied where the caller may not `action` it */
  function find(nameOrArn: string, caller: Caller, action: string, qualifierGiven?: string) {
    const place = locate(nameOrArn, qualifierGiven);
    authorize(caller, action, place.arn);
    return { runtime: runtimeAt(place), arn: place.arn, qualifier: place.qualifier };
  }

  async function run(
    runtime: FunctionRuntime,
    arn: string,
    payload: unknown,
    how: Invoking = {},
  ): Promise<InvokeResult> {
    const text = textWithin(payload, PAYLOAD_LIMIT_BYTES);
    const { version: executedVersion } = runtime.settings;
    const invoke = (input: string) => swapped.invoke(runtime, input, arn, how);
    if (!interceptors.active) return { ...parseReply(await invoke(text)), executedVersion };
    let logTail = '';
    let requestId: string | undefined;
    const reply = await interceptors.run(runtime.settings.name, JSON.parse(text), async (changed) => {
      const inner = parseReply(await invoke(JSON.stringify(changed) ?? '{}'));
      ({ logTail, requestId } = inner);
      return inner;
    });
    return { ...reply, logTail, executedVersion, requestId };
  }

  const background = createAsyncInvocations({
    kept: (options.store ?? createStore()).collection('asynchronous invocations'),
    retryDelaysMs: options.asyncRetryDelaysMs ?? ASYNC_RETRY_DELAYS_MS,
    ...(options.ports ?? systemPorts),
    ready: options.ready,
    // Whether the caller may was asked when it called.
    attempt: async ({ functionArn, payload }, signal, requestId) =>
      run(runtimeAt(locate(functionArn)), functionArn, payload, { requestId, signal }),
    retriesOf: ({ functionArn }) => configOf(locate(functionArn).name).retries,
    maximumAgeOf: (functionArn) => configOf(locate(functionArn).name).maximumAgeMs,
    bury(invocation, failure, condition, requestId) {
      const { name, key } = locate(invocation.functionArn);
      const fn = runtimes.get(key)?.settings;
      return buryInvocation({
        invocation,
        requestId,
        failure,
        condition,
        fn,
        onFailure: configOf(name).onFailure,
        sendToQueue,
        warn,
      });
    },
  });

  /** @throws AwsError `RequestTooLargeException`, before anything is kept */
  function submit(arn: string, payload: unknown): Promise<void> {
    textWithin(payload, EVENT_LIMIT_BYTES);
    return background.submit(arn, payload);
  }

  async function close(): Promise<void> {
    await background.close();
    swapped.close();
    for (const runtime of runtimes.values()) runtime.close();
    await isolates.close();
  }

  return {
    async invoke(nameOrArn, payload, caller, signal) {
      const { runtime, arn } = find(nameOrArn, caller, 'lambda:InvokeFunction');
      return run(runtime, arn, payload, { signal });
    },
    async invokeEvent(nameOrArn, payload, caller) {
      const { arn } = find(nameOrArn, caller, 'lambda:InvokeFunction');
      return { ended: submit(arn, payload) };
    },
    intercept: interceptors.add,
    async warm(names = [...runtimes.values()].map(({ settings: { name } }) => name)) {
      const isBusy = () => [...runtimes.values()].some(({ pool }) => pool.load > 0);
      const failures = await warmAll(
        [...new Set(names)].flatMap((name) => versions(name).at(-1) ?? []),
        isBusy,
      );
      return [...failures.values()];
    },
    async swap(functions, stackFolder, rest) {
      const next = settingsOf(functions, stackFolder);
      await requireZips(next);
      return swapped.swap(next, rest?.others === 'stay');
    },
    ...createOperations({
      find,
      run,
      runLater: submit,
      authorize,
      stackReads: {
        stack: options.stack ?? { resources: () => [] },
        createdAt: Date.now(),
      },
      functions: () => [...runtimes.values()].filter(({ settings: { version } }) => version === LATEST),
      versions,
    }),
    close,
  };
}

async function notAnswered(): Promise<never> {
  throw new Error('no call comes over the port');
}

function parseReply(reply: Awaited<ReturnType<FunctionRuntime['invoke']>>) {
  const { payload, functionError, logTail, requestId } = reply;
  return { payload: JSON.parse(payload), ...(functionError && { functionError }), logTail, requestId };
}
