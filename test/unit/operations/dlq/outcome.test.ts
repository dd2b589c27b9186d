import { describe, expect, it } from '@jest/globals';
import { outcomeOf, type StandingBooking, type StandingRun } from '#infra/operations/dlq/outcome.ts';

const run = { tripId: 'T1', executionId: 'T1.abc', starts: 'T1.abc.rr-1' };
const booking = (overrides: Partial<StandingBooking> = {}): StandingBooking => ({
  executionId: 'T1.abc',
  status: 'CANCELLED',
  isUnfinished: false,
  ...overrides,
});

/** Shows one standing a look, and the last one for ever; a look takes a second. */
async function lookedAt(
  of: { starts: string | undefined },
  looks: readonly { run?: StandingRun; booking?: StandingBooking }[],
): Promise<{ isDone: boolean; text: string; seconds: number }> {
  let clock = 0;
  const look = () => looks[Math.min(clock, looks.length - 1)];
  const outcome = await outcomeOf(
    { ...run, starts: of.starts },
    { run: async () => look()?.run, booking: async () => look()?.booking },
    { seconds: 60, sleep: async () => (clock += 1), now: () => clock * 1_000 },
  );
  return { ...outcome, seconds: clock };
}

const ended = (status: string, error?: string): StandingRun => ({ status, error });

describe('a letter that starts a run', () => {
  it('is followed while the run is not there yet or under way', async () => {
    const looks = [{}, { run: ended('RUNNING') }, { run: ended('SUCCEEDED'), booking: booking() }];
    expect(await lookedAt(run, looks)).toEqual({
      isDone: true,
      text: 'T1.abc.rr-1 undid everything: the booking is CANCELLED',
      seconds: 2,
    });
  });

  it.each([
    [undefined, 'T1.abc.rr-1 undid everything; the trip has no booking', true],
    [booking({ executionId: 'T1.other', status: 'CONFIRMED' }), 'the trip has another booking now (CONFIRMED)', true],
    [booking({ status: 'CONFIRMED' }), 'left the booking CONFIRMED: nothing was to be undone', true],
    [booking({ status: 'CANCELLING' }), 'the booking is still CANCELLING', false],
  ])('that succeeded, with the booking at %j, says %j', async (header, text, isDone) => {
    const looks = [{ run: ended('SUCCEEDED'), ...(header ? { booking: header } : {}) }];
    expect(await lookedAt(run, looks)).toMatchObject({ isDone, text: expect.stringContaining(text) });
  });

  it.each([
    ['CompensationFailed', 'its new dead letter says which layer is left'],
    ['States.Runtime', 'the service redrives it by itself'],
  ])('that failed with %s says %j', async (error, text) => {
    expect(await lookedAt(run, [{ run: ended('FAILED', error) }])).toMatchObject({
      isDone: false,
      text: expect.stringContaining(text),
    });
  });

  it('that was stopped tells no error', async () => {
    expect(await lookedAt(run, [{ run: ended('ABORTED') }])).toMatchObject({
      isDone: false,
      text: 'T1.abc.rr-1 ended ABORTED: the service redrives it by itself',
    });
  });

  it('that does not end in time names the run to look for', async () => {
    expect(await lookedAt(run, [{ run: ended('RUNNING') }])).toEqual({
      isDone: false,
      text: 'not at its end after 60 s: see the execution T1.abc.rr-1',
      seconds: 60,
    });
  });
});

describe('a letter that starts no run of a known name', () => {
  const told = { starts: undefined };

  it('is followed until the booking’s message is out', async () => {
    const looks = [
      { booking: booking({ status: 'CANCELLING', isUnfinished: true }) },
      { booking: booking({ isUnfinished: true }) },
      { booking: booking() },
    ];
    expect(await lookedAt(told, looks)).toEqual({
      isDone: true,
      text: 'the booking is CANCELLED and its message is out',
      seconds: 2,
    });
  });

  it.each([
    [{}, 'the trip has no booking'],
    [
      { booking: booking({ executionId: 'T1.other', status: 'UNCONFIRMED', isUnfinished: true }) },
      'another booking now',
    ],
  ])('has nothing left to do where the header is %j', async (look, text) => {
    expect(await lookedAt(told, [look])).toMatchObject({ isDone: true, text: expect.stringContaining(text) });
  });

  it('that is not told in time names the booking', async () => {
    expect(await lookedAt(told, [{ booking: booking({ isUnfinished: true }) }])).toMatchObject({
      isDone: false,
      text: 'not at its end after 60 s: the booking T1 has not had its final message',
    });
  });
});
