/** Fault injection from outside: hooks around every invocation, for tests that lose, delay or change a reply. */

import type { ErrorPayload } from './protocol.ts';

export interface HookReply {
  readonly payload: unknown;
  readonly functionError?: 'Unhandled' | 'Handled';
}

export interface HookCall {
  readonly functionName: string;
  readonly payload: unknown;
  /** Runs the function (and the hooks added later); without an argument with the payload as it came. */
  proceed(payload?: unknown): Promise<HookReply>;
}

/**
 * What the hook returns is the caller's reply. An `AwsError` that it throws is Lambda's own failure (for instance
 * `ServiceException`); any other error becomes a function error with `errorType` = the error's name.
 */
export type InvokeHook = (call: HookCall) => HookReply | Promise<HookReply>;

export interface Interceptors {
  readonly active: boolean;
  add(hook: InvokeHook): () => void;
  run(functionName: string, payload: unknown, invoke: (payload: unknown) => Promise<HookReply>): Promise<HookReply>;
}

export function createInterceptors(isOwnError: (error: unknown) => boolean): Interceptors {
  const hooks = new Set<InvokeHook>();
  return {
    get active() {
      return hooks.size > 0;
    },
    add(hook) {
      // Wrapped, so that the same hook added twice runs twice and is removed once.
      const entry: InvokeHook = (call) => hook(call);
      hooks.add(entry);
      return () => void hooks.delete(entry);
    },
    async run(functionName, original, invoke) {
      const chain = [...hooks].reduceRight<(payload: unknown) => Promise<HookReply>>(
        (next, hook) => async (payload) =>
          hook({ functionName, payload, proceed: (changed = payload) => next(changed) }),
        invoke,
      );
      try {
        return await chain(original);
      } catch (error) {
        if (isOwnError(error)) throw error;
        return { payload: errorReply(error), functionError: 'Unhandled' };
      }
    },
  };
}

function errorReply(error: unknown): ErrorPayload {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
