/** Routes of the console's API that arm faults. */
import { type AslDefinition, lastUndoneOf, undoingOf } from '../../model/asl.ts';
import { type FaultBody, type FaultsAnswer, faultKinds, mostCalls } from '../../model/faults.ts';
import { refused } from '../reply.ts';
import type { Runs } from '../runs.ts';
import { AwsFailure } from '../source.ts';
import type { Faults } from './armed-faults.ts';

export { createFaults, type Faults } from './armed-faults.ts';

type Route = (parts: readonly string[], request: { readonly body: unknown }) => unknown;

const impossible = (): unknown => refused(409, 'Calls can be made to fail in the local cloud of npm start alone');

export function faultRoutes(faults: Faults | undefined, runs: Runs): Readonly<Record<string, Route>> {
  if (faults === undefined) {
    return { 'GET /faults': impossible, 'POST /faults': impossible, 'POST /faults/disarm': impossible };
  }
  const { armed, fired, arm, disarm, disarmAll } = faults;
  async function answer(): Promise<FaultsAnswer> {
    const definition = await runs.definition(undefined);
    const states = callingStates(definition);
    const { states: undoes } = undoingOf(definition);
    return {
      states,
      undoing: states.filter((state) => undoes.has(state)),
      lastUndone: lastUndoneOf(definition),
      armed: armed(),
      fired: fired(),
    };
  }
  return {
    'GET /faults': answer,
    'POST /faults': async (_, { body }) => {
      arm(faultOf(body, callingStates(await runs.definition(undefined))));
      return answer();
    },
    'POST /faults/disarm': (_, { body }) => {
      const { id, all } = (body ?? {}) as Readonly<Record<string, unknown>>;
      if (all === true) disarmAll();
      else if (typeof id === 'number') disarm(id);
      else throw new AwsFailure('BadRequest', 'id has to be a number, or all has to be true');
      return answer();
    },
  };
}

const callingStates = ({ States }: AslDefinition): string[] =>
  Object.keys(States).filter((name) => States[name]?.Type === 'Task');

/** @throws AwsFailure that names the field */
export function faultOf(body: unknown, states: readonly string[]): FaultBody {
  const { state, kind, calls = 1 } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const known = states.find((each) => each === state);
  if (known === undefined) throw new AwsFailure('BadRequest', 'state has to be one that calls something');
  const fault = faultKinds.find((each) => each === kind);
  if (fault === undefined) throw new AwsFailure('BadRequest', `kind has to be one of ${faultKinds.join(', ')}`);
  if (!Number.isInteger(calls) || Number(calls) < 1 || Number(calls) > mostCalls) {
    throw new AwsFailure('BadRequest', `calls has to be a whole number from 1 to ${mostCalls}`);
  }
  return { state: known, kind: fault, calls: Number(calls) };
}
