import type { StateMachine } from './asl.ts';
import { fixedProblems, fixedStates } from './choices.ts';

/** Whether the Choices that do not depend on the legs are there, and lead where they should. @returns one sentence a state */
export const lintChoices = ({ States }: StateMachine): string[] =>
  Object.entries(fixedStates).flatMap(([name, { choices, fallback }]) => {
    const state = States[name];
    if (state === undefined) return [];
    if (state.Type !== 'Choice') return [`${name}: its Type is ${state.Type}: it should be Choice`];
    const { Choices = [], Default } = state;
    const problems = fixedProblems(name, Choices, choices);
    if (problems.length > 0) return problems;
    if (Choices.length > choices.length) {
      return [`${name}: choice ${choices.length + 1} should be left out: it should have ${choices.length} choices`];
    }
    return Default === fallback ? [] : [`${name}: its Default is ${Default}: it should be ${fallback}`];
  });
