import type { Observe } from '../observer.ts';
import type { Clock, Randomness } from '../ports.ts';
import type { CompiledGraph, CompiledState, Effects, Fork, Outcome, TaskCall } from './compiled.ts';
import type { DataLimit } from './data-limit.ts';
import { abandoned, matchesError, type StatesError, statesError } from './errors.ts';
import { ForkEvents } from './fork-events.ts';
import type { Json } from './json.ts';
import type { Context } from './reference-path.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Scope } from './scope.ts';
import type { Thread } from './trail.ts';

/** What all branches of an execution share. */
export interface Run {
  readonly executionArn: string;
  readonly context: Omit<Context, 'State' | 'Map'>;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly retryScale: number;
  readonly dataLimit: DataLimit;
  readonly observe: Observe;
  call(state: CompiledState, task: TaskCall, branch: Branch): Promise<Json>;
}

/** Where a sequence of states stands: the execution itself, an item of a Map, or a branch of a Parallel. */
export interface Branch {
  readonly run: Run;
  readonly thread: Thread;
  readonly scope: Scope;
  readonly item: Fork['item'];
}

/**
 * Goes from state to state until one ends. Rejects with a StatesError that no state has caught.
 * @param first the state that gets the input
 */
export async function follow(graph: CompiledGraph, input: Json, branch: Branch, first = graph.startAt): Promise<Json> {
  let state = graph.states.get(first) as CompiledState;
  let data = input;
  for (;;) {
    const { output, next } = await visit(state, data, branch);
    if (next === undefined) return output;
    state = graph.states.get(next) as CompiledState;
    data = output;
  }
}

async function visit(state: CompiledState, input: Json, branch: Branch): Promise<Outcome> {
  const { run, thread, scope } = branch;
  const { name, type } = state;
  const of = { executionArn: run.executionArn, state: name, stateType: type };
  scope.assertGoing();
  const entered = thread.note(...state.entered, ['input', input]);
  thread.underWay = type;
  run.observe({ type: 'stateEntered', ...of, input });
  try {
    const outcome = await attempts(state, input, branch);
    scope.assertGoing();
    const { output, next, caught } = outcome;
    run.dataLimit.assertFits(output, name);
    thread.note(...state.exited, ['output', output], next);
    thread.underWay = undefined;
    run.observe({ type: 'stateExited', ...of, output, next, ...(caught !== undefined && { caught }) });
    return outcome;
  } catch (thrown) {
    const error = statesError(thrown);
    error.arisenIn ??= { state: name, eventId: entered };
    throw error;
  }
}

/** Tries the state as often as its Retry says, then looks for a Catch. */
async function attempts(state: CompiledState, input: Json, branch: Branch): Promise<Outcome> {
  const { run, scope, thread, item } = branch;
  const counts = state.retriers.map(() => 0);
  const EnteredTime = new Date(run.clock.now()).toISOString();
  for (let RetryCount = 0; ; RetryCount++) {
    const State = { Name: state.name, EnteredTime, RetryCount };
    const context: Context = { ...run.context, State, ...(item && { Map: { Item: item } }) };
    try {
      return await state.run(input, effectsOf(state, context, branch));
    } catch (thrown) {
      scope.assertGoing();
      const error = statesError(thrown);
      const index = state.retriers.findIndex(({ ErrorEquals }) => matchesError(ErrorEquals, error, state.type));
      const retrier = state.retriers[index];
      const count = counts[index] ?? 0;
      if (retrier === undefined || count >= (retrier.MaxAttempts ?? 3)) {
        // Only a state that holds others gets an error that has arisen already.
        if (error.arisenIn !== undefined && !error.terminal) thread.note(`${state.type}StateFailed`);
        return caught(state, input, error);
      }
      counts[index] = count + 1;
      const delayMs = retryDelayMs(retrier, count, run.randomness) * run.retryScale;
      run.observe({
        type: 'stateRetried',
        executionArn: run.executionArn,
        state: state.name,
        stateType: state.type,
        attempt: count + 1,
        error: error.name,
        delayMs,
      });
      await scope.sleep(delayMs);
      scope.assertGoing();
    }
  }
}

function caught({ catchers, type }: CompiledState, input: Json, error: StatesError): Outcome {
  const catcher = catchers.find(({ errors }) => matchesError(errors, error, type));
  if (catcher === undefined) throw error;
  const output = catcher.place(input, { Error: error.name, Cause: error.message });
  return { output, next: catcher.next, caught: error.name };
}

function effectsOf(state: CompiledState, context: Context, branch: Branch): Effects {
  const { run, scope } = branch;
  return {
    context,
    now: () => run.clock.now(),
    call: (task) => run.call(state, task, branch),
    sleep: (milliseconds) => scope.sleep(milliseconds),
    forks: (kind, forks, concurrency) => runForks(kind, state.name, forks, concurrency, branch),
  };
}

/** The first failure ends the others, of which nothing is told any more. */
async function runForks(
  kind: 'Map' | 'Parallel',
  name: string,
  forks: readonly Fork[],
  concurrency: number,
  branch: Branch,
): Promise<readonly Json[]> {
  const inner = branch.scope.child();
  const events = new ForkEvents(kind, name, branch.thread, forks.length);
  const outputs: Json[] = [];
  const waiting = [...forks.entries()];
  let failure: unknown;

  async function runOne(index: number, fork: Fork): Promise<void> {
    inner.assertGoing();
    const thread = events.begin(index);
    const item = fork.item ?? branch.item;
    try {
      outputs[index] = await follow(fork.graph, fork.input, { ...branch, scope: inner, thread, item });
      inner.assertGoing();
    } catch (error) {
      inner.assertGoing();
      inner.end(abandoned());
      events.fail(index, statesError(error));
      failure = error;
      throw error;
    }
    events.succeed(index);
  }

  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(...next);
  }

  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, forks.length) }, lane));
  } catch (error) {
    throw failure ?? error;
  }
  events.end();
  return outputs;
}
