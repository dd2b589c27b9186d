import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { keys } from '#schema/table.ts';
import {
  aTripOf,
  book,
  bookedWhole,
  openFaultyCloud,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

/** No other timer of the cloud has this length, so the scheduler knows a transaction by it. */
const transactionMs = 777_777;

/** Ends of transactions that the test holds; all others are over after a turn of the event loop. */
let held: (() => void)[] | undefined;

const timer = (milliseconds: number, run: () => void, keepsAlive: boolean): (() => void) => {
  const timeout = setTimeout(run, milliseconds);
  if (!keepsAlive) timeout.unref();
  return () => clearTimeout(timeout);
};
const ports = {
  clock: { now: () => Date.now() },
  randomness: { fraction: () => Math.random(), uuid: () => randomUUID() },
  scheduler: {
    after(milliseconds: number, run: () => void) {
      if (milliseconds !== transactionMs) return timer(milliseconds, run, true);
      if (held) held.push(run);
      else setImmediate(run);
      return () => undefined;
    },
    inBackground: (milliseconds: number, run: () => void) => timer(milliseconds, run, false),
  },
};

const target = openSuite(() => openFaultyCloud(undefined, { transactionMs, ports }));

/** Holds the trip's header and its flight in a transaction from the state's beginning to its first retry. @returns the retried errors */
function contend(state: string, trip: Trip): { errors: string[]; stop: () => void } {
  const { cloud, tableName } = target;
  const errors: string[] = [];
  const check = (key: object) => ({
    ConditionCheck: {
      TableName: tableName,
      Key: Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }])),
      ConditionExpression: 'attribute_not_exists(nothing)',
    },
  });
  const TransactItems = [keys.booking(trip.input.trip_id), keys.flightInventory(trip.flightId)].map(check);
  const release = (): void => {
    const ends = held ?? [];
    held = undefined;
    for (const end of ends) end();
  };
  const unsubscribe = cloud.observe((one) => {
    if (one.type === 'stateEntered' && one.state === state) {
      held = [];
      void cloud.dynamodb.call('TransactWriteItems', { TransactItems }, OUTSIDE);
    } else if (one.type === 'stateRetried' && one.state === state) {
      errors.push(one.error);
      release();
    }
  });
  return {
    errors,
    stop() {
      unsubscribe();
      release();
    },
  };
}

const conflict = expect.stringMatching(/^(DynamoDB\.)?TransactionConflict(Error|Exception)$/);

describe("another's transaction on the same item", () => {
  it.each([
    'ReserveBooking',
    'ReserveHotel',
    'ReserveSeat',
    'ReserveFlight',
    'ReserveRental',
    'TakePayment',
    'ConfirmBooking',
  ])('given one while %s writes, when the machine tries again, then the trip is booked once', async (state) => {
    const trip = await aTripOf(target);
    const { errors, stop } = contend(state, trip);
    const { status } = await book(target, trip);
    stop();

    expect(errors).toEqual([conflict]);
    expect(status).toBe('SUCCEEDED');
    expect(await standingOf(target, trip)).toEqual(bookedWhole);
  });

  it.each(['CancelBooking', 'ReleaseSeat', 'CloseBooking'])(
    'given one while %s undoes, when the machine tries again, then nothing is left',
    async (state) => {
      const trip = await aTripOf(target, { run_type: 'failPayment' });
      const { errors, stop } = contend(state, trip);
      const { error } = await book(target, trip);
      stop();

      expect(errors).toEqual([conflict]);
      expect(error).toBe('BookingFailed');
      expect(await standingOf(target, trip)).toEqual(undone);
    },
  );
});
