import { libraryRule } from './choice-rules.ts';
import type { Catcher, Definition, MachineDefinition, Retrier, StateDefinition } from './definition.ts';
import { integrationOf, refusingSyntax, supportedDefinition } from './refusals.ts';
import { compilePass, compileTask, compileWait, type StateAction } from './state-actions.ts';

/** Longest delay of a timer, in seconds; a longer one would fire at once. */
export const MAX_TIMER_SECONDS = 2_147_483;

export interface CompiledState {
  readonly name: string;
  readonly definition: StateDefinition;
  /** Undefined for the states that the library runs alone: Choice, Succeed, Fail. */
  readonly action: StateAction | undefined;
  readonly integration: { readonly service: string; readonly action: string } | undefined;
}

export interface CompiledMachine {
  readonly source: MachineDefinition;
  readonly definition: Definition;
  readonly states: ReadonlyMap<string, CompiledState>;
  /** States as the library runs them: ours are all Tasks to it, without the fields that we evaluate ourselves. */
  readonly libraryStates: Readonly<Record<string, object>>;
}

/** Checks and compiles a definition; throws naming machine, state and construct where it can't run here as on AWS. */
export function compileMachine(source: MachineDefinition, retryScale: number): CompiledMachine {
  const definition = supportedDefinition(source);
  const states = new Map<string, CompiledState>();
  const libraryStates: Record<string, object> = {};
  for (const [name, state] of Object.entries(definition.States)) {
    const where = `state machine '${source.name}', state '${name}'`;
    refusingSyntax(where, () => {
      const integration = integrationOf(state.Resource ?? '');
      states.set(name, { name, definition: state, action: compileAction(state, retryScale), integration });
      libraryStates[name] = libraryState(state, retryScale, where);
    });
  }
  return { source, definition, states, libraryStates };
}

function compileAction(state: StateDefinition, retryScale: number): StateAction | undefined {
  if (state.Type === 'Task') return compileTask(state);
  if (state.Type === 'Pass') return compilePass(state);
  return state.Type === 'Wait' ? compileWait(state, retryScale) : undefined;
}

function libraryState(state: StateDefinition, retryScale: number, where: string): object {
  if (state.Type === 'Choice') {
    const { Type, Default, InputPath, OutputPath } = state;
    const Choices = (state.Choices ?? []).map((rule) => libraryRule(rule, where));
    return compact({ Type, Choices, Default, InputPath: meaningful(InputPath), OutputPath: meaningful(OutputPath) });
  }
  if (state.Type === 'Fail' || state.Type === 'Succeed') {
    return compact({ ...state, InputPath: meaningful(state.InputPath), OutputPath: meaningful(state.OutputPath) });
  }
  return compact({
    Type: 'Task',
    Resource: 'embedded',
    // Time-outs are ours: the library's default is 60 s, AWS's is none.
    TimeoutSeconds: MAX_TIMER_SECONDS,
    ResultPath: meaningful(state.ResultPath),
    OutputPath: meaningful(state.OutputPath),
    Retry: state.Retry?.map((retrier) => scaled(retrier, retryScale)),
    Catch: state.Catch?.map((catcher: Catcher) => compact({ ...catcher, ResultPath: meaningful(catcher.ResultPath) })),
    Next: state.Next,
    End: state.End,
  });
}

/** `$` means the whole, as no path does; the library takes it for a field, and for nothing where the data is falsy. */
function meaningful(path: string | null | undefined): string | null | undefined {
  return path === '$' ? undefined : path;
}

/** The library tells a field by its presence. */
function compact(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function scaled(retrier: Retrier, scale: number): object {
  return {
    ...retrier,
    IntervalSeconds: (retrier.IntervalSeconds ?? 1) * scale,
    MaxDelaySeconds: Math.min((retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * scale || 0, MAX_TIMER_SECONDS),
  };
}
