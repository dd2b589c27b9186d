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

/** Seconds that an execution can take at most, along its longest path. @throws where the graph has a cycle */
export function longestRunSeconds(machine: StateMachine): number {
  const known = new Map<string, number>();
  const visit = (name: string, path: readonly string[]): number => {
    if (path.includes(name)) throw new Error(`The machine loops: ${[...path, name].join(' → ')}`);
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const state = stateOf(machine, name);
    const own = state.Type === 'Task' ? longestTaskSeconds(state) : 0;
    const rest = Math.max(0, ...successorsOf(state).map((next) => visit(next, [...path, name])));
    known.set(name, own + rest);
    return own + rest;
  };
  return visit(machine.StartAt, []);
}
