import type { StateMachine } from './asl.ts';
import { ends, waysFile } from './ways.ts';

/** Whether each run ends with the success or the error that its end state is named for. @returns one sentence a state */
export const lintEnds = ({ States }: StateMachine): string[] =>
  Object.entries(ends).flatMap(([name, { type, error }]) => {
    const state = States[name];
    if (state === undefined) return [];
    if (state.Type !== type) return [`${name}: its Type is ${state.Type}: it should be ${type}, as ${waysFile} says`];
    if (state.Error === error) return [];
    return [`${name}: its Error is "${state.Error}": it should be "${error}", as ${waysFile} says`];
  });
