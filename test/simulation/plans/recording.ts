import { runPlan, type Service, type Verdict } from '../run-plan.ts';
import type { CallPoint } from '../world/points.ts';
import { parsePlan } from './plan.ts';

/** What a plan did, for plans that interfere with each thing of it. */
export interface Recording {
  /** States that each run entered, in order. */
  readonly states: ReadonlyMap<string, readonly string[]>;
  /** What of it a fault may be for: of the time before the cause is mended. */
  readonly places: readonly Place[];
  /** Runs that did not succeed, of whose end an event told. */
  readonly failed: readonly string[];
  readonly calls: readonly CallPoint[];
  readonly writes: number;
  /** Whether each fault had its effect. */
  readonly isWhole: boolean;
}

/** A state that a run entered. */
export interface Place {
  readonly run: string;
  readonly state: string;
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

function recordingOf({ world, calls, writes, observed, isWhole }: Verdict): Recording {
  const states = new Map<string, string[]>();
  const places: Place[] = [];
  const failed = new Set<string>();
  for (const [index, one] of world.trace.entries()) {
    const isOpen = index < observed;
    if (one.type === 'executionChanged' && isOpen && one.status !== 'RUNNING' && one.status !== 'SUCCEEDED')
      failed.add(world.labels.of(one.executionArn));
    if (one.type !== 'stateEntered') continue;
    const { state } = one;
    const run = world.labels.of(one.executionArn);
    states.set(run, [...(states.get(run) ?? []), state]);
    if (isOpen) places.push({ run, state });
  }
  return { states, places, failed: [...failed], calls, writes, isWhole };
}

/** States of the recorded run that are in the list, in the list's order. */
export const entered = ({ states }: Recording, run: string, among: readonly string[]): readonly string[] =>
  among.filter((state) => states.get(run)?.includes(state));
