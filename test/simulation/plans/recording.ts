import { runPlan, type Service, type Verdict } from '../run-plan.ts';
import type { CallPoint } from '../world/points.ts';
import { parsePlan } from './plan.ts';

/** What a plan did, for plans that interfere with each thing of it. */
export interface Recording {
  /** States that each run entered, in order. */
  readonly states: ReadonlyMap<string, readonly string[]>;
  readonly calls: readonly CallPoint[];
  readonly writes: number;
}

export type Record = (line: string) => Promise<Recording>;

/** Runs each line once. */
export function recorder(service: Service): Record {
  const known = new Map<string, Promise<Recording>>();
  const record = async (line: string): Promise<Recording> => recordingOf(await runPlan(parsePlan(line), service));
  return (line) => {
    const recording = known.get(line) ?? record(line);
    known.set(line, recording);
    return recording;
  };
}

function recordingOf({ world, calls, writes }: Verdict): Recording {
  const states = new Map<string, string[]>();
  for (const one of world.trace) {
    if (one.type !== 'stateEntered') continue;
    const run = world.labels.of(one.executionArn);
    states.set(run, [...(states.get(run) ?? []), one.state]);
  }
  return { states, calls, writes };
}

/** States of the recorded run that are in the list, in the list's order. */
export const entered = ({ states }: Recording, run: string, among: readonly string[]): readonly string[] =>
  among.filter((state) => states.get(run)?.includes(state));
