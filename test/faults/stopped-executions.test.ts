import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { ended, executionArn, startExecution } from '#test/support/e2e/saga.ts';
import {
  ageHeader,
  aTripOf,
  book,
  bookedWhole,
  functionOf,
  openFaultyCloud,
  reconcile,
  runOf,
  type Standing,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { backwardFunctions, forwardFunctions } from '#test/support/saga-paths.ts';
import { itSideBySide } from '#test/support/side-by-side.ts';

const target = openSuite(openFaultyCloud);

const forward: readonly string[] = [...forwardFunctions, 'NotifyBookingConfirmed'];
const backward: readonly string[] = backwardFunctions;

/** Stops the run by hand right after the state's function has done its work. */
function stopAfter(state: string, executionId: string): () => void {
  return target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
    const reply = await proceed();
    const { execution_id } = runOf(payload);
    if (functionName === functionOf(state) && execution_id === executionId) {
      await target.cloud.stepFunctions.call(
        'StopExecution',
        { executionArn: executionArn(target, executionId), cause: 'by hand' },
        OUTSIDE,
      );
    }
    return reply;
  });
}

async function bookAndStopAfter(state: string, trip: Trip) {
  const stop = stopAfter(state, trip.input.execution_id);
  const run = await book(target, trip);
  stop();
  expect(run.status).toBe('ABORTED');
  return run;
}

/** A run that had committed when it was stopped has made its booking: its redrive finds CONFIRMED and leaves it. */
const standingAfter = (state: string): Standing =>
  state === 'ConfirmBooking' || state === 'NotifyBookingConfirmed' ? bookedWhole : undone;

/** A test for each state. */
const each = (states: readonly string[], name: (state: string) => string, body: (state: string) => Promise<void>) =>
  Object.fromEntries(states.map((state) => [name(state), () => body(state)]));

// Each waits a second for its redrive.
describe('an execution stopped by hand', () => {
  itSideBySide(
    each(
      forward,
      (state) => `given a booking run stopped after ${state}, when its event has come, then the redrive clears it`,
      async (state) => {
        const trip = await aTripOf(target);
        await bookAndStopAfter(state, trip);

        const redrive = await ended(target, executionArn(target, `${trip.input.execution_id}.rr-1`));

        expect(redrive.status).toBe('SUCCEEDED');
        expect(await standingOf(target, trip)).toEqual(standingAfter(state));
      },
    ),
    { atOnce: 6 },
  );

  itSideBySide(
    each(
      backward,
      (state) => `given a failing run stopped after ${state}, when its event has come, then the redrive clears it`,
      async (state) => {
        const trip = await aTripOf(target, { run_type: 'failBookingConfirmation' });
        await bookAndStopAfter(state, trip);

        await ended(target, executionArn(target, `${trip.input.execution_id}.rr-1`));

        expect(await standingOf(target, trip)).toEqual(undone);
      },
    ),
    { atOnce: 6 },
  );
});

describe('an execution stopped by hand, one at a time', () => {
  it.each([...forward, ...backward])(
    'given a run stopped after %s whose event is lost, when the reconciler runs, then nothing is left behind',
    async (state) => {
      const trip = await aTripOf(target, forward.includes(state) ? {} : { run_type: 'failBookingConfirmation' });
      const found = target.cloud.events.intercept((event) => (event.source === 'aws.states' ? [] : [event]));
      await bookAndStopAfter(state, trip);
      const expected = forward.includes(state) ? standingAfter(state) : undone;
      await ageHeader(target, trip.input.trip_id);

      await reconcile(target);
      found();

      expect(await standingOf(target, trip)).toEqual(expected);
    },
  );

  it.each([
    ['ReserveSeat', 'ReserveFlight', {}],
    ['ReleaseSeat', 'CancelHotelReservation', { run_type: 'failBookingConfirmation' }],
  ])(
    'given a run stopped after %s, while %s is on its way, when redriven, then it is cleared',
    async (_, next, input) => {
      const trip = await aTripOf(target, input);
      const { execution_id } = trip.input;
      const stop = target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
        const call = runOf(payload);
        if (functionName === functionOf(next) && call.execution_id === execution_id && call.action === undefined) {
          await target.cloud.stepFunctions.call(
            'StopExecution',
            { executionArn: executionArn(target, execution_id) },
            OUTSIDE,
          );
        }
        return proceed();
      });
      expect((await book(target, trip)).status).toBe('ABORTED');

      await ended(target, executionArn(target, `${execution_id}.rr-1`));
      stop();

      expect(await standingOf(target, trip)).toEqual(undone);
    },
  );

  it('given that its event comes three times, when redriven, then there is one redrive', async () => {
    const trip = await aTripOf(target);
    const repeated = target.cloud.events.intercept((event) => [event, event, event]);
    await bookAndStopAfter('TakePayment', trip);

    await ended(target, executionArn(target, `${trip.input.execution_id}.rr-1`));
    repeated();
    await target.cloud.stepFunctions.idle();

    expect(await standingOf(target, trip)).toEqual(undone);
    const second = executionArn(target, `${trip.input.execution_id}.rr-2`);
    await expect(
      target.cloud.stepFunctions.call('DescribeExecution', { executionArn: second }, OUTSIDE),
    ).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
  });

  it("given a customer's cancel run stopped half-way, when redriven, then it is cancelled to the end", async () => {
    const trip = await aTripOf(target);
    await book(target, trip);
    const name = `${trip.input.execution_id}.cancel`;
    const stop = target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
      const reply = await proceed();
      const { trip_id, redrive_count } = payload as { trip_id?: string; redrive_count?: number };
      const first = trip_id === trip.input.trip_id && redrive_count === undefined;
      if (functionName === functionOf('RefundPayment') && first) {
        await target.cloud.stepFunctions.call('StopExecution', { executionArn: executionArn(target, name) }, OUTSIDE);
      }
      return reply;
    });
    const cancel = await startExecution(target, name, { ...trip.input, action: 'cancel', cause: 'customer' });
    expect((await ended(target, cancel)).status).toBe('ABORTED');

    await ended(target, executionArn(target, `${trip.input.execution_id}.rc-1`));
    stop();

    expect(await standingOf(target, trip)).toEqual(undone);
  });
});
