/** Fault injection from outside: hooks around every try of a Task, of a function and of an integration alike. */
import type { TaskPort } from './contract.ts';

type Task = Parameters<TaskPort>[0];

/**
 * What the hook returns is the Task's result. What it throws is the Task's failure: the Error's `name` is the ASL error name, `States.Timeout`
 * for a Task that timed out, and its `message` the cause.
 */
export type TaskHook = (task: Task, proceed: () => Promise<unknown>) => Promise<unknown>;

export interface TaskHooks {
  /** @returns what takes the hook away again */
  add(hook: TaskHook): () => void;
  readonly perform: TaskPort;
}

export function createTaskHooks(tasks: TaskPort): TaskHooks {
  const hooks = new Set<TaskHook>();
  return {
    add(hook) {
      // Wrapped, so that the same hook added twice runs twice and is removed once.
      const entry: TaskHook = (task, proceed) => hook(task, proceed);
      hooks.add(entry);
      return () => void hooks.delete(entry);
    },
    perform: (task, caller) =>
      [...hooks].reduceRight<() => Promise<unknown>>(
        (next, hook) => async () => hook(task, next),
        () => tasks(task, caller),
      )(),
  };
}
