import type { StateMachine } from '../../statemachine/tools/asl.ts';
import { prices } from './facts.ts';

export interface EngineCost {
  readonly engine: string;
  /** Dollars for 1,000 bookings that succeed: orchestration alone. */
  readonly cost: number;
  readonly counted: string;
  readonly note: string;
}

/** Where one booking is alike on all engines. */
export interface EngineRun {
  /** Of Step Functions. */
  readonly transitions: number;
  /** Tasks with an effect. */
  readonly steps: number;
  /** From start to end. */
  readonly seconds: number;
  /** Bytes that an engine keeps of a run. */
  readonly stateBytes: number;
}

export const stepsOf = (entered: readonly string[], { States }: StateMachine): number =>
  entered.filter((name) => States[name]?.Type === 'Task').length;

const bookings = 1000;
/** Express bills 64 MB at least, and 100 ms at a time. */
const expressGigabytes = 64 / 1024;

/** The same booking on other engines. */
export function enginesOf({ transitions, steps, seconds, stateBytes }: EngineRun): readonly EngineCost[] {
  const billedSeconds = Math.ceil(seconds * 10) / 10;
  // A start, and each step.
  const operations = steps + 1;
  return [
    {
      engine: 'Step Functions Standard (this service)',
      cost: bookings * transitions * prices.transition.value,
      counted: `${transitions} transitions`,
      note: 'a step runs once, history for 90 days, up to a year',
    },
    {
      engine: 'Step Functions Express',
      cost: bookings * (prices.expressRequest.value + billedSeconds * expressGigabytes * prices.expressGbSecond.value),
      counted: `1 start, ${billedSeconds} s at 64 MB`,
      note: 'a step may run twice, five minutes at most, no history: not for money as it stands',
    },
    {
      engine: 'Lambda durable functions',
      cost:
        bookings *
        (operations * prices.durableOperation.value + (stateBytes / 1024 ** 3) * prices.durableGbWritten.value),
      counted: `${operations} operations`,
      note: 'no time limit of a single step; code instead of a machine that is drawn and linted',
    },
    {
      engine: 'Temporal Cloud, pay as you go',
      cost: bookings * operations * prices.temporalAction.value,
      counted: `${operations} actions`,
      note: 'and workers that run all the time; timers and signals count, too',
    },
    {
      engine: 'Temporal Cloud, last tier',
      cost: bookings * operations * prices.temporalActionAtScale.value,
      counted: `${operations} actions`,
      note: 'the same',
    },
  ];
}
