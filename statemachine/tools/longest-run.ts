import { type State, type StateMachine, stateOf, successorsOf } from './asl.ts';

/** Seconds that a Task can take at most: every attempt to its time limit, every wait at its longest. */
export function longestTaskSeconds(state: State): number {
  const timeout = state.TimeoutSeconds ?? Number.POSITIVE_INFINITY;
  let seconds = timeout;
  for (const retrier of state.Retry ?? []) {
    const {
      MaxAttempts = 3,
      IntervalSeconds = 1,
      BackoffRate = 2,
      MaxDelaySeconds = Number.POSITIVE_INFINITY,
    } = retrier;
    for (let attempt = 0; attempt < MaxAttempts; attempt++) {
      seconds += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds) + timeout;
    }
  }
  return seconds;
}

/** The states of a cycle in their order, the first one again at the end; undefined where every path ends. */
export function loopOf(machine: StateMachine): readonly string[] | undefined {
  const ending = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (ending.has(name)) return undefined;
    for (const next of successorsOf(stateOf(machine, name))) {
      const loop = visit(next, [...path, name]);
      if (loop !== undefined) return loop;
    }
    ending.add(name);
    return undefined;
  };
  return visit(machine.StartAt, []);
}

/** Seconds that an execution can take at most, along its longest path. @throws where the machine has a cycle */
export function longestRunSeconds(machine: StateMachine): number {
  const loop = loopOf(machine);
  if (loop !== undefined) throw new Error(`The machine loops: ${loop.join(' → ')}`);
  const known = new Map<string, number>();
  const visit = (name: string): number => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const state = stateOf(machine, name);
    const own = state.Type === 'Task' ? longestTaskSeconds(state) : 0;
    const seconds = own + Math.max(0, ...successorsOf(state).map(visit));
    known.set(name, seconds);
    return seconds;
  };
  return visit(machine.StartAt);
}
