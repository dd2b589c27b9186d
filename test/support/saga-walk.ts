import { BookingAlreadyExistsError } from '#functions/booking/steps/header-errors.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { compensationsAfterFailureOf } from '../../statemachine/tools/layers.ts';
import type { SagaSteps } from './saga-steps.ts';
import { aCancelOf } from './trips.ts';

/**
 * What becomes of one attempt of a step: `fails` before its effect; `lost`, its effect stands and its reply is an
 * error that the caller takes for a failure; `late`, the caller gives up and the effect comes whenever it likes;
 * `twice`, its effect comes again behind a good reply; `ends`, the execution is aborted right after.
 */
export const fates = ['works', 'fails', 'lost', 'late', 'twice', 'ends'] as const;
export type Fate = (typeof fates)[number];

export type Outcome = 'booked' | 'undone' | 'not its own' | 'unfinished';

export interface Walk {
  /** Fates of the attempts in turn; when they are used up, everything works. */
  readonly fates: Iterator<Fate>;
  /** Effects that no execution waits for: they are settled after all executions have ended. */
  readonly late: Promise<unknown>[];
}

class ExecutionEnded extends Error {}
const retries = 3;

async function attempt<T>(step: () => Promise<T>, { fates: turns, late }: Walk): Promise<T> {
  const { value: fate = 'works' } = turns.next() as IteratorResult<Fate, undefined>;
  switch (fate) {
    case 'fails':
      throw new Error('failed');
    case 'lost':
      await step();
      throw new Error('reply lost');
    case 'late':
      late.push(step().catch(() => undefined));
      throw new Error('timed out');
    case 'twice': {
      late.push(step().catch(() => undefined));
      return step();
    }
    case 'ends':
      late.push(step().catch(() => undefined));
      throw new ExecutionEnded();
    default:
      return step();
  }
}

async function retried<T>(step: () => Promise<T>, walk: Walk): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await attempt(step, walk);
    } catch (error) {
      if (error instanceof ExecutionEnded || turn > retries) throw error;
    }
  }
}

async function undo(steps: SagaSteps, run: CompensationInput, layers: readonly string[], walk: Walk): Promise<Outcome> {
  try {
    const { fenced } = await retried(() => steps.fence(run), walk);
    if (!fenced) return 'not its own';
    let failed = false;
    for (const layer of layers) {
      const compensation = steps.backward.get(layer);
      if (compensation === undefined) throw new Error(`No compensation ${layer}`);
      await retried(() => compensation(run), walk).catch((error) => {
        if (error instanceof ExecutionEnded) throw error;
        failed = true;
      });
    }
    if (failed) return 'unfinished';
    await retried(() => steps.close(run), walk);
    return 'undone';
  } catch {
    return 'unfinished';
  }
}

/** A booking run as the machine walks it: forward, and from a failure back over the layers that it reached. */
export async function walkBooking(steps: SagaSteps, trip: BookingRunInput, walk: Walk): Promise<Outcome> {
  const order = [...steps.forward.keys()];
  for (const [state, step] of steps.forward) {
    try {
      await attempt(() => step(trip), walk);
    } catch (error) {
      if (error instanceof ExecutionEnded) return 'unfinished';
      // The machine's Catch: it has written nothing, and must not touch what stands there.
      if (error instanceof BookingAlreadyExistsError) return 'not its own';
      return undo(steps, trip, compensationsAfterFailureOf(order, state), walk);
    }
  }
  return 'booked';
}

/** A cancel run of the booking run: all layers. */
export const walkCancel = (
  steps: SagaSteps,
  trip: BookingRunInput,
  cause: 'customer' | 'redrive',
  walk: Walk,
): Promise<Outcome> => undo(steps, aCancelOf(trip, cause), [...steps.backward.keys()], walk);
