import { compileChoice, type Test } from './choice.ts';
import type { CompiledCatcher, CompiledGraph, CompiledMachine, CompiledState, Effects } from './compiled.ts';
import type { Catcher, Definition, Graph, MachineDefinition, StateDefinition } from './definition.ts';
import { StatesError } from './errors.ts';
import type { Json } from './json.ts';
import { compileMap, compileParallel } from './nested-states.ts';
import { integrationOf, refusingSyntax, supportedDefinition } from './refusals.ts';
import { compileResultPath } from './result-path.ts';
import {
  compileFail,
  compileInputPath,
  compileOutput,
  compilePass,
  compileTask,
  compileWait,
} from './state-actions.ts';

const WHOLE = { truncated: false };

/** A compiled machine keeps no state: a thousand clouds that open the same one have it checked once. */
const known = new WeakMap<MachineDefinition, CompiledMachine>();

/** Checks and compiles a definition; throws naming machine, state and construct where it can't run here as on AWS. */
export function compileMachine(source: MachineDefinition): CompiledMachine {
  const compiled = known.get(source) ?? compile(source);
  known.set(source, compiled);
  return compiled;
}

function compile(source: MachineDefinition): CompiledMachine {
  const definition: Definition = supportedDefinition(source);
  const graph = compileGraph(definition, `state machine '${source.name}'`);
  return { source, graph, timeoutSeconds: definition.TimeoutSeconds };
}

function compileGraph({ StartAt, States }: Graph, machine: string): CompiledGraph {
  const states = Object.entries(States).map(([name, state]): [string, CompiledState] => {
    const where = `${machine}, state '${name}'`;
    return [name, refusingSyntax(where, () => compileState(name, state, machine, where))];
  });
  return { startAt: StartAt, states: new Map(states) };
}

function compileState(name: string, state: StateDefinition, machine: string, where: string): CompiledState {
  return {
    name,
    type: state.Type,
    integration: integrationOf(state.Resource ?? ''),
    retriers: state.Retry ?? [],
    catchers: (state.Catch ?? []).map(compileCatcher),
    entered: [`${state.Type}StateEntered`, 'stateEntered', { name, inputDetails: WHOLE }],
    exited: [`${state.Type}StateExited`, 'stateExited', { name, outputDetails: WHOLE }],
    run: compileRun(state, machine, where),
  };
}

function compileCatcher({ ErrorEquals, Next, ResultPath }: Catcher): CompiledCatcher {
  return { errors: ErrorEquals, next: Next, place: compileResultPath(ResultPath) };
}

function compileRun(state: StateDefinition, machine: string, where: string): CompiledState['run'] {
  switch (state.Type) {
    case 'Choice':
      return chooser(state, where);
    case 'Fail': {
      const failure = compileFail(state);
      return (input, { context }) => {
        throw new StatesError(...failure(input, context));
      };
    }
    case 'Succeed': {
      const read = compileInputPath(state);
      return finishing(state, (input, { context }) => read(input, context));
    }
    case 'Pass':
      return finishing(state, compilePass(state));
    case 'Wait':
      return finishing(state, compileWait(state));
    case 'Task':
      return finishing(state, compileTask(state));
    case 'Map':
      return finishing(state, compileMap(state, compileGraph(processorOf(state), machine)));
    case 'Parallel': {
      const branches = (state.Branches ?? []).map((branch) => compileGraph(branch, machine));
      return finishing(state, compileParallel(state, branches));
    }
  }
}

const processorOf = ({ ItemProcessor, Iterator }: StateDefinition): Graph => (ItemProcessor ?? Iterator) as Graph;

function finishing(
  state: StateDefinition,
  act: (input: Json, effects: Effects) => Json | Promise<Json>,
): CompiledState['run'] {
  const finish = compileOutput(state);
  return async (input, effects) => finish(input, await act(input, effects), effects.context);
}

function chooser(state: StateDefinition, where: string): CompiledState['run'] {
  const read = compileInputPath(state);
  const finish = compileOutput(state);
  const rules = (state.Choices ?? []).map((rule): readonly [Test, string] => [
    compileChoice(rule, where),
    String(rule.Next),
  ]);
  return (input, { context }) => {
    const data = read(input, context);
    const next = rules.find(([test]) => test(data, context))?.[1] ?? state.Default;
    if (next === undefined) throw new StatesError('States.NoChoiceMatched', 'States.NoChoiceMatched');
    return { ...finish(input, data, context), next };
  };
}
