import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import {
  aTripOf,
  book,
  bookedWhole,
  functionOf,
  openFaultyCloud,
  ReplyLost,
  standingOf,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { backwardFunctions, forwardFunctions } from '#test/support/saga-paths.ts';

const target = openSuite(openFaultyCloud);

const forward: readonly string[] = forwardFunctions;
const backward: readonly string[] = backwardFunctions;

/** Lets the function do its work, `times` times, and loses what it answers. */
function loseReplies(state: string, loss: () => Error, times = Number.POSITIVE_INFINITY): () => void {
  let lost = 0;
  return target.cloud.lambda.intercept(async ({ functionName, proceed }) => {
    const reply = await proceed();
    if (functionName !== functionOf(state) || lost >= times) return reply;
    lost++;
    throw loss();
  });
}

describe('a reply that is lost after the write', () => {
  it.each(forward)(
    'given that %s did its work and its reply was lost, when the run is undone, then nothing is left',
    async (state) => {
      const trip = await aTripOf(target);
      const stop = loseReplies(state, () => new ReplyLost('connection reset'));
      const { error } = await book(target, trip);
      stop();

      expect(error).toBe('BookingFailed');
      expect(await standingOf(target, trip)).toEqual(undone);
    },
  );

  it.each(forward)(
    'given that Lambda answers 500 after %s did its work, when it is tried again, then it is done once',
    async (state) => {
      const trip = await aTripOf(target);
      const stop = loseReplies(state, () => new AwsError('ServiceException', 'try again', 500), 2);
      const { status } = await book(target, trip);
      stop();

      expect(status).toBe('SUCCEEDED');
      expect(await standingOf(target, trip)).toEqual(bookedWhole);
    },
  );

  it.each(backward)(
    'given that %s did its work and its reply was lost, when it is tried again, then it succeeds',
    async (state) => {
      const trip = await aTripOf(target, { run_type: 'failBookingConfirmation' });
      const stop = loseReplies(state, () => new ReplyLost('connection reset'), 3);
      const { error } = await book(target, trip);
      stop();

      expect(error).toBe('BookingFailed');
      expect(await standingOf(target, trip)).toEqual(undone);
    },
  );

  it('given that the confirmation went out and its reply was lost, when it is tried again, then the booking stands', async () => {
    const trip = await aTripOf(target);
    const stop = loseReplies('NotifyBookingConfirmed', () => new ReplyLost('connection reset'));
    const { status } = await book(target, trip);
    stop();

    expect(status).toBe('SUCCEEDED');
    expect(await standingOf(target, trip)).toEqual(bookedWhole);
  });
});
