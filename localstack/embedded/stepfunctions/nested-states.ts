import type { CompiledGraph, Effects, Fork } from './compiled.ts';
import type { StateDefinition } from './definition.ts';
import { runtimeError } from './errors.ts';
import type { Json } from './json.ts';
import { compilePath, type Read } from './reference-path.ts';
import { compileInputPath, compileSelector, whole } from './state-actions.ts';

/** Most iterations of an inline Map that AWS runs at a time. */
const MAX_CONCURRENCY = 40;

type Run = (input: Json, effects: Effects) => Promise<Json>;

export function compileMap(state: StateDefinition, graph: CompiledGraph): Run {
  const read = compileInputPath(state);
  const path = state.ItemsPath ?? '$';
  const items: Read = path === '$' ? whole : compilePath(path, 'ItemsPath');
  const template = state.ItemSelector ?? state.Parameters;
  const selected = template === undefined ? undefined : compileSelector(template);
  const select = compileSelector(state.ResultSelector);
  const concurrency = Math.min(state.MaxConcurrency || MAX_CONCURRENCY, MAX_CONCURRENCY);
  return async (input, effects) => {
    const data = read(input, effects.context);
    const values = items(data, effects.context);
    if (!Array.isArray(values)) throw runtimeError(`Reference path "${path}" must point to array.`);
    const forks = values.map((Value: Json, Index): Fork => {
      const item = { Index, Value };
      return {
        graph,
        item,
        input: selected === undefined ? Value : selected(data, { ...effects.context, Map: { Item: item } }),
      };
    });
    return select(await effects.forks('Map', forks, concurrency), effects.context);
  };
}

export function compileParallel(state: StateDefinition, graphs: readonly CompiledGraph[]): Run {
  const read = compileInputPath(state);
  const parameters = compileSelector(state.Parameters);
  const select = compileSelector(state.ResultSelector);
  return async (input, effects) => {
    const data = parameters(read(input, effects.context), effects.context);
    const forks = graphs.map((graph): Fork => ({ graph, input: data }));
    return select(await effects.forks('Parallel', forks, forks.length), effects.context);
  };
}
