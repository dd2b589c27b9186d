/** A run played again, from its events. */
import type { RunEvent } from './wire.ts';

/** Speeds against the pace below. */
export const speeds = [0.25, 0.5, 1, 2, 4] as const;

/** A local run takes some ten milliseconds a state, a retry may wait minutes: neither can be watched. */
const shortestMs = 350;
const longestMs = 1_500;

const worthSeeing = /StateEntered$|Failed$|TimedOut$|Aborted$|^ExecutionSucceeded$|^(LambdaFunction|Task)Scheduled$/;

/** How many events have happened at each moment at which the picture changes: a state is entered, tried again, fails, or the run ends. */
export function stopsOf(events: readonly RunEvent[]): readonly number[] {
  const stops: number[] = [];
  for (const [at, { type }] of events.entries()) {
    if (!worthSeeing.test(type)) continue;
    const before = events[at - 1]?.type ?? '';
    // The first attempt comes with its state.
    if (type.endsWith('Scheduled') && before.endsWith('StateEntered')) stops.pop();
    stops.push(at + 1);
  }
  return stops;
}

/** How long a stop is looked at before the next one, in milliseconds at speed 1: the time that passed, within what can be watched. */
export function paceOf(events: readonly RunEvent[], from: number, to: number): number {
  const passed = (events[to - 1]?.at ?? 0) - (events[from - 1]?.at ?? 0);
  return Math.min(longestMs, Math.max(shortestMs, passed));
}
