/** The faults that are armed in a running cloud, and the calls that they took. In memory: a restart disarms them. */
import type { TaskHook } from '#embedded/index.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import type { ArmedFault, FaultBody, FaultKind, FiredFault } from '../../model/faults.ts';
import type { Source } from '../source.ts';
import { faultError } from './fault-error.ts';

const mostFired = 100;

export interface Faults {
  armed(): readonly ArmedFault[];
  fired(): readonly FiredFault[];
  arm(fault: FaultBody): void;
  disarm(id: number): void;
  disarmAll(): void;
  /** Calls `listener` whenever others are armed. @returns what ends it */
  watch(listener: () => void): () => void;
  close(): void;
}

/** @param machineArn of the machine whose executions they are for */
export function createFaults(
  intercept: NonNullable<Source['intercept']>,
  machineArn: string,
  now: () => number = Date.now,
): Faults {
  let armed: readonly ArmedFault[] = [];
  let fired: readonly FiredFault[] = [];
  let lastId = 0;
  let remove: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const executions = executionArnOf(machineArn, '');

  /** Without a fault there is no hook, and calls go as they always do. */
  function put(faults: readonly ArmedFault[]): void {
    armed = faults;
    if (armed.length > 0) remove ??= intercept(hook);
    else {
      remove?.();
      remove = undefined;
    }
    for (const listener of listeners) listener();
  }

  const hook: TaskHook = async ({ stateName: state, executionArn, resource }, proceed) => {
    const fault = armed.find((each) => each.state === state);
    if (fault === undefined || !executionArn.startsWith(executions)) return proceed();
    const rest = { ...fault, left: fault.left - 1 };
    put(armed.flatMap((each) => (each !== fault ? [each] : rest.left > 0 ? [rest] : [])));
    lastId += 1;
    const run = executionArn.slice(executions.length);
    fired = [{ id: lastId, at: now(), state, kind: fault.kind, run }, ...fired].slice(0, mostFired);
    return faulty(fault.kind, resource, proceed);
  };

  return {
    armed: () => armed,
    fired: () => fired,
    arm(fault) {
      lastId += 1;
      put([...armed, { ...fault, id: lastId, left: fault.calls }]);
    },
    disarm: (id) => put(armed.filter((each) => each.id !== id)),
    disarmAll: () => put([]),
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => put([]),
  };
}

async function faulty(kind: FaultKind, resource: string, proceed: () => Promise<unknown>): Promise<unknown> {
  if (kind === 'duplicate') {
    await proceed();
    return proceed();
  }
  if (kind === 'after') await proceed();
  // The machine waits no longer for it: how it ends is not told.
  if (kind === 'timeout') proceed().catch(() => undefined);
  throw faultError(kind, resource);
}
