import { fixedStates } from './choices.ts';
import { backwardOrderOf, forwardOrderOf, seat } from './layers.ts';
import { ends, waysOn } from './ways.ts';

/** The states that the machine has with any legs. That of the seat is there where a leg's values come from the flight. */
export const ownStates: ReadonlySet<string> = new Set([
  ...forwardOrderOf([]),
  ...backwardOrderOf([]),
  'PeelBack',
  ...Object.entries(waysOn).flat(),
  ...Object.keys(fixedStates),
  ...Object.keys(ends),
]);

/** No leg may have the name of one of these. */
export const takenStates: readonly string[] = [...ownStates, seat.forward, seat.compensation];
