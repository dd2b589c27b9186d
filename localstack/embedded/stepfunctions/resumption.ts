import { AwsError } from '../types.ts';
import type { CompiledGraph } from './compiled.ts';
import type { Redrive } from './contract.ts';
import type { Json } from './json.ts';
import type { TrailEvent } from './trail.ts';

/** Where an execution goes on that had ended. */
export interface Resumption {
  /** All before. */
  readonly events: readonly TrailEvent[];
  readonly startDate: number;
  readonly redrive: Redrive;
  readonly state: string;
  readonly input: Json;
}

/**
 * The state that was under way when the execution ended, the next one where it ended between two, the first where it ended
 * before that.
 * @param input of the execution, JSON text
 * @throws AwsError in a Map or a Parallel, of which AWS redrives the items that failed
 */
export function placeOf(
  events: readonly TrailEvent[],
  { states, startAt }: CompiledGraph,
  input: string,
): Pick<Resumption, 'state' | 'input'> {
  const last = events.findLast(({ detailsOf, next }) => detailsOf === 'stateEntered' || next !== undefined);
  if (last === undefined) return { state: startAt, input: JSON.parse(input) as Json };
  const state = last.next ?? String(last.details?.name);
  const type = states.get(state)?.type;
  if (last.data === undefined || type === undefined || type === 'Map' || type === 'Parallel') {
    throw new AwsError(
      'ExecutionNotRedrivable',
      `The local cloud redrives what ended in a state of the execution's own: '${state}' is, or is part of, a Map or a Parallel, or the present definition lacks it`,
    );
  }
  return { state, input: last.data[1] };
}
