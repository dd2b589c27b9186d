/** A machine as it runs, and what its states may do to the world. */
import type { MachineDefinition, Retrier, StateDefinition } from './definition.ts';
import type { Json } from './json.ts';
import type { Context } from './reference-path.ts';
import type { Details } from './trail.ts';

/** One evaluated Task, as it goes to the TaskPort and into the history. */
export interface TaskCall {
  readonly resource: string;
  readonly payload: Json;
  readonly timeoutSeconds: number | undefined;
}

/** One item of a Map, or one branch of a Parallel. */
export interface Fork {
  readonly graph: CompiledGraph;
  readonly input: Json;
  /** Set in a Map. */
  readonly item?: { readonly Index: number; readonly Value: Json };
}

/** What a state may do while it runs; all reject when the execution ends first. */
export interface Effects {
  readonly context: Context;
  readonly now: () => number;
  call(task: TaskCall): Promise<Json>;
  sleep(milliseconds: number): Promise<void>;
  /** Runs all forks, so many at a time; the first failure ends the others and is thrown. */
  forks(kind: 'Map' | 'Parallel', forks: readonly Fork[], concurrency: number): Promise<readonly Json[]>;
}

/** What a state hands on, and to which state; to none at an end. */
export interface Outcome {
  readonly output: Json;
  readonly next: string | undefined;
  /** The error, where a Catch took it. */
  readonly caught?: string;
}

export interface CompiledCatcher {
  readonly errors: readonly string[];
  readonly next: string;
  readonly place: (input: Json, error: Json) => Json;
}

/** What an event of a history says at every visit of its state. Kept histories have tens of thousands of events, which share it. */
export type StateEvent = readonly [type: string, detailsOf: string, details: Details];

export interface CompiledState {
  readonly name: string;
  readonly type: StateDefinition['Type'];
  readonly integration: { readonly service: string; readonly action: string } | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly CompiledCatcher[];
  readonly entered: StateEvent;
  readonly exited: StateEvent;
  readonly run: (input: Json, effects: Effects) => Outcome | Promise<Outcome>;
}

export interface CompiledGraph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, CompiledState>;
}

export interface CompiledMachine {
  readonly source: MachineDefinition;
  readonly graph: CompiledGraph;
  readonly timeoutSeconds: number | undefined;
}
