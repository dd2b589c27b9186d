/** Functions that are taken anew while the cloud runs: what is under way ends in the code that it began with. */

import type { FunctionsSwap } from './contract.ts';
import { functionNotFound } from './function-name.ts';
import type { FunctionRuntime, Invoking } from './function-runtime.ts';
import { type FunctionSettings, keyOf } from './function-settings.ts';
import { warmAll } from './warm-all.ts';

interface Parts {
  /** By `keyOf` their settings. */
  readonly runtimes: Map<string, FunctionRuntime>;
  runtimesOf(settings: readonly FunctionSettings[]): FunctionRuntime[];
}

type Reply = ReturnType<FunctionRuntime['invoke']>;

export function createSwapping({ runtimes, runtimesOf }: Parts) {
  const underWay = new Map<FunctionRuntime, Set<Reply>>();
  const leaving = new Set<FunctionRuntime>();

  /** In the present code of the function: an asynchronous retry may be older than it. */
  async function invoke({ settings }: FunctionRuntime, payload: string, arn: string, how: Invoking): Reply {
    const runtime = runtimes.get(keyOf(settings));
    if (runtime === undefined) throw functionNotFound(arn);
    const reply = runtime.invoke(payload, arn, how);
    const replies = underWay.get(runtime) ?? new Set();
    underWay.set(runtime, replies.add(reply));
    try {
      return await reply;
    } finally {
      replies.delete(reply);
    }
  }

  function retire(runtime: FunctionRuntime): void {
    leaving.add(runtime);
    const replies = underWay.get(runtime) ?? [];
    underWay.delete(runtime);
    void Promise.allSettled(replies)
      .then(() => runtime.close())
      .finally(() => leaving.delete(runtime));
  }

  async function isTheSame(next: FunctionRuntime, known: FunctionRuntime): Promise<boolean> {
    if (textOf(next.settings) !== textOf(known.settings)) return false;
    // A build may have removed the zip of code that never ran: nothing is warm that could be kept.
    const old = await known.bundle().catch(() => undefined);
    return (await next.bundle()).codeSha256 === old?.codeSha256;
  }

  async function swap(settings: readonly FunctionSettings[], othersStay: boolean): Promise<FunctionsSwap> {
    const candidates: FunctionRuntime[] = [];
    for (const next of runtimesOf(settings)) {
      const known = runtimes.get(keyOf(next.settings));
      if (known === undefined || !(await isTheSame(next, known))) candidates.push(next);
    }
    const failures = await warmAll(candidates);
    for (const failed of failures.keys()) failed.close();
    const taken = candidates.filter((each) => !failures.has(each));
    for (const next of taken) {
      const key = keyOf(next.settings);
      const known = runtimes.get(key);
      runtimes.set(key, next);
      if (known !== undefined) retire(known);
    }
    const wanted = new Set(settings.map(keyOf));
    for (const [key, runtime] of runtimes) {
      if (othersStay || wanted.has(key)) continue;
      runtimes.delete(key);
      retire(runtime);
    }
    const names = new Set(taken.map((each) => each.settings.name));
    return { functions: [...names], failures: [...failures.values()] };
  }

  return {
    invoke,
    swap,
    /** Does not wait for invocations under way: the cloud ends. */
    close(): void {
      for (const runtime of leaving) runtime.close();
    },
  };
}

/** Of all that an environment is started with but for its code, which is compared by its hash. */
function textOf({ resource: _resource, zip: _zip, ...rest }: FunctionSettings): string {
  return JSON.stringify(rest);
}
