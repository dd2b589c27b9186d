import { readSaga, type StateMachine } from '../../statemachine/tools/asl.ts';
import { assumptions } from './assumptions.ts';
import { type Recorded, readRecorded } from './recorded.ts';
import { scenarios } from './scenarios.ts';
import type { StackFacts } from './stack.ts';
import { type Usage, usageOf } from './usage.ts';

/** All that the report is made of. */
export interface Model {
  readonly machine: StateMachine;
  readonly recorded: Recorded;
  readonly stack: StackFacts;
  readonly usages: ReadonlyMap<string, Usage>;
}

/** Of a plane with 180 seats, half sold. */
export const seatsTakenByDefault = 90;

export function modelOf(stack: StackFacts, { seatsTaken = seatsTakenByDefault } = {}): Model {
  const [machine, recorded] = [readSaga(), readRecorded()];
  const { bytesAnEvent } = assumptions;
  const usages = new Map(
    scenarios.map((scenario) => [scenario.name, usageOf(scenario, { machine, recorded, bytesAnEvent, seatsTaken })]),
  );
  return { machine, recorded, stack, usages };
}
