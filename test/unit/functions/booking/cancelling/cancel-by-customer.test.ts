import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Booking, storedStatusOf } from '#functions/booking/booking.ts';
import { bookingRunReader, inputFromItems } from '#functions/booking/cancelling/booking-run-reader.ts';
import { cancelByCustomer } from '#functions/booking/cancelling/cancel-by-customer.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { legs } from '#functions/legs.ts';
import { paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import { itemOfLeg, keyOfLeg } from '#functions/shared/saga/leg.ts';
import { keptRunOf, runInputOf } from '#functions/trip/kept-run.ts';
import { type BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { type BookingStatus, cancelRunInput } from '#schema/saga-input.ts';
import { keys, unfinishedShardOf } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { aFlightAlone, aTrip } from '#test/support/trips.ts';

const alice = { sub: 'alice', isAdmin: false };
const bob = { sub: 'bob', isAdmin: false };
const admin = { sub: 'carol', isAdmin: true };

const bookingFor = (run: BookingRunInput, status: BookingStatus): Booking => ({
  id: run.trip_id,
  status,
  outboundFlightId: run.outbound_flight_id,
  paymentToken: run.payment_token,
  checkedIn: false,
  customer: run.customer,
  createdAt: run.started_at,
  updatedAt: run.started_at,
  execution_id: run.execution_id,
  startedAt: `${run.started_at}#${run.execution_id}`,
  run: keptRunOf(run),
});

const marked = (booking: Booking): Booking => ({
  ...booking,
  status: 'CANCELLING',
  storedStatus: 'CONFIRMED',
  cancelRequestedAt: '2026-03-02T10:00:00.000Z',
});

/** A header that a marker may mark, a machine, and what was called in which order. */
function aWorld(status: BookingStatus, run = aTrip()) {
  const saga = memoryMachine();
  const calls: string[] = [];
  const world = {
    run,
    saga,
    calls,
    booking: bookingFor(run, status),
    starting: saga.start,
  };
  return {
    world,
    cancelName: `${run.execution_id}.cancel`,
    cancelInput: cancelRunInput(runInputOf(world.booking, keptRunOf(run)), 'customer'),
    ports: {
      bookings: {
        get: async (id: string) => {
          calls.push('get');
          return id === world.booking.id ? world.booking : undefined;
        },
      },
      runs: { inputOf: async (booking: Booking) => runInputOf(booking, booking.run ?? {}) },
      mark: async () => {
        calls.push('mark');
        if (storedStatusOf(world.booking) !== 'CONFIRMED') return false;
        world.booking = marked(world.booking);
        return true;
      },
      saga: {
        start: (name: string, input: Record<string, unknown>) => {
          calls.push(`start ${name.slice(run.execution_id.length)}`);
          return world.starting(name, input);
        },
      },
    },
  };
}

const failing = (name: string) => () => Promise.reject(Object.assign(new Error(`${name} of AWS`), { name }));

describe('cancelByCustomer', () => {
  it.each([alice, admin])(
    'given a confirmed booking, when %j cancels it, then it is marked first and the undoing of its run started',
    async (caller) => {
      const { world, ports, cancelName, cancelInput } = aWorld('CONFIRMED');
      const { trip_id: id } = world.run;

      await expect(cancelByCustomer(caller, id, ports)).resolves.toMatchObject({ id, status: 'CANCELLING' });

      expect(world.calls).toEqual(['get', 'mark', 'start .cancel']);
      expect([...world.saga.started]).toEqual([[cancelName, cancelInput]]);
      expect(CompensationInput.safeParse(cancelInput).success).toBe(true);
    },
  );

  it('given ten at once and one later, then one run is started and all are told the same', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const cancel = async () => (await cancelByCustomer(alice, world.run.trip_id, ports)).status;
    const answers = [...(await Promise.all(Array.from({ length: 10 }, cancel))), await cancel()];
    expect(new Set(answers)).toEqual(new Set(['CANCELLING']));
    expect(world.saga.runs).toHaveLength(1);
  });

  it.each([
    ['CANCELLING', 'CANCELLING'],
    ['CANCELLED', 'CANCELLED'],
  ] as const)('given a booking that is %s, then that is success and nothing is started', async (status, answered) => {
    const { world, ports } = aWorld(status);
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).resolves.toMatchObject({ status: answered });
    expect(world.calls).toEqual(['get']);
  });

  it('given a booking that is still being made, then it says to wait and starts nothing', async () => {
    const { world, ports } = aWorld('UNCONFIRMED');
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).rejects.toMatchObject({
      name: 'BookingNotCancellableError',
      status: 409,
      message: expect.stringContaining('try again when'),
    });
    expect(world.calls).toEqual(['get']);
  });

  it("given another customer's booking, then it fails like one that does not exist", async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const errorOf = (id: string) => cancelByCustomer(bob, id, ports).catch((error: Error) => error);
    const [others, absent] = [await errorOf(world.run.trip_id), await errorOf('no-such')];
    expect(others).toEqual(absent);
    expect(others).toMatchObject({ name: 'BookingNotFoundError', status: 404 });
    expect(world.calls).toEqual(['get', 'get']);
  });

  it.each(['ThrottlingException', 'TimeoutError', 'AccessDeniedException'])(
    'given that the run cannot be started for %s, then the mark stays, the client is told 503, and a repetition starts it',
    async (name) => {
      const { world, ports, cancelName } = aWorld('CONFIRMED');
      const id = world.run.trip_id;
      world.starting = failing(name);
      await expect(cancelByCustomer(alice, id, ports)).rejects.toMatchObject({
        name: 'CancellationDelayedError',
        status: 503,
        retryAfterSeconds: expect.any(Number),
        cause: expect.objectContaining({ name }),
      });
      expect(world.booking).toMatchObject({ status: 'CANCELLING', storedStatus: 'CONFIRMED' });

      world.starting = world.saga.start;
      await expect(cancelByCustomer(alice, id, ports)).resolves.toMatchObject({ status: 'CANCELLING' });
      expect(world.saga.runs).toEqual([cancelName]);
    },
  );

  it('given that its input cannot be made, then nothing is marked', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const runs = { inputOf: failing('ProvisionedThroughputExceededException') };
    await expect(cancelByCustomer(alice, world.run.trip_id, { ...ports, runs })).rejects.toThrow('of AWS');
    expect(world.booking.status).toBe('CONFIRMED');
  });

  it('given a cancel run that ended before its fence, then each further request starts the first name that is free', async () => {
    const { world, ports, cancelInput } = aWorld('CONFIRMED');
    const { trip_id: id, execution_id: run } = world.run;
    for (let request = 1; request <= 3; request += 1) {
      await cancelByCustomer(alice, id, ports);
      await cancelByCustomer(admin, id, ports);
      for (const name of world.saga.started.keys()) world.saga.end(name, { status: 'TIMED_OUT' });
    }
    expect([...world.saga.started]).toEqual([
      [`${run}.cancel`, cancelInput],
      [`${run}.rc-1`, { ...cancelInput, redrive_count: 1 }],
      [`${run}.rc-2`, { ...cancelInput, redrive_count: 2 }],
    ]);
  });

  it('given that all of five redrives ended before their fence, then nothing more is started: a dead letter tells', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    const cancel = () => cancelByCustomer(alice, world.run.trip_id, ports);
    for (let request = 1; request <= 8; request += 1) {
      await expect(cancel()).resolves.toMatchObject({ status: 'CANCELLING' });
      for (const name of world.saga.runs) world.saga.end(name, { status: 'ABORTED' });
    }
    expect(world.saga.runs).toHaveLength(6);
  });

  it.each<[BookingStatus, string]>([
    ['CANCELLING', 'CANCELLING'],
    ['CANCELLED', 'CANCELLED'],
  ])(
    'given that the first cancel run is %s when a second request comes to mark, then it is told so',
    async (now, told) => {
      const { world, ports } = aWorld('CONFIRMED');
      const mark = async () => {
        world.booking = { ...world.booking, status: now };
        return false;
      };
      await expect(cancelByCustomer(alice, world.run.trip_id, { ...ports, mark })).resolves.toMatchObject({
        status: told,
      });
      expect(world.saga.calls).toBe(0);
    },
  );

  it('given that the cancel run did its work and ended meanwhile, then no redrive is started', async () => {
    const { world, ports, cancelName, cancelInput } = aWorld('CONFIRMED');
    await world.saga.start(cancelName, cancelInput);
    world.starting = async (name, input) => {
      world.saga.end(cancelName);
      world.booking = { ...bookingFor(world.run, 'CANCELLED') };
      return world.saga.start(name, input);
    };
    await expect(cancelByCustomer(alice, world.run.trip_id, ports)).resolves.toMatchObject({ status: 'CANCELLED' });
    expect(world.saga.runs).toEqual([cancelName]);
  });

  it('given that Step Functions has forgotten the cancel run, then its name is taken again', async () => {
    const { world, ports, cancelName } = aWorld('CONFIRMED');
    await cancelByCustomer(alice, world.run.trip_id, ports);
    world.saga.forget(cancelName);
    await cancelByCustomer(alice, world.run.trip_id, ports);
    expect(world.saga.runs).toEqual([cancelName, cancelName]);
  });

  it('costs one read, one write and one start, and never asks Step Functions how a run stands', async () => {
    const { world, ports } = aWorld('CONFIRMED');
    await cancelByCustomer(alice, world.run.trip_id, ports);
    expect([world.calls.length, world.saga.calls]).toEqual([3, 1]);
  });
});

describe('the input of a booking whose header an older release has opened', () => {
  const { run: _, ...header } = bookingFor(aTrip(), 'CONFIRMED');
  const headerFor = (run: BookingRunInput): Booking => ({ ...header, ...bookingFor(run, 'CONFIRMED') });

  /** What the saga leaves in the table. */
  const itemsOf = (run: BookingRunInput): Record<string, unknown>[] => {
    const own = { execution_id: run.execution_id, transaction_status: 'confirmed' };
    const asked = legs.filter((leg) => keyOfLeg(leg, run) !== undefined);
    const payment = { type: 'Payment', id: paymentIdOf(run), amount: run.amount, currency: run.currency };
    return [...asked.map((leg) => itemOfLeg(leg, run)), payment].map((item) => ({ ...item, ...own }));
  };

  it.each([
    ['a whole trip', aTrip()],
    ['a flight alone', aFlightAlone()],
  ])('of %s is what its compensations need: the same ids, money and owner', (__, run) => {
    const input = inputFromItems(headerFor(run), itemsOf(run));
    expect(input).toEqual({ ...run, payment_id: paymentIdOf(run) });
    expect(CompensationInput.safeParse(input).success).toBe(true);
  });

  it('has one text, in whatever order the items come', () => {
    const run = aTrip();
    const [one, other] = [itemsOf(run), itemsOf(run).reverse()].map((items) => inputFromItems(headerFor(run), items));
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it('names the payment by its item, also where a leg that its id comes from is gone', () => {
    const run = aTrip();
    const withoutHotel = itemsOf(run).filter(({ type }) => type !== 'Hotel');
    expect(inputFromItems(headerFor(run), withoutHotel)).toMatchObject({
      payment_id: paymentIdOf(run),
      depart: run.depart,
    });
    expect(inputFromItems(headerFor(run), [])).not.toHaveProperty('payment_id');
  });

  it('takes nothing of another execution', () => {
    const [run, other] = [aFlightAlone(), aTrip()];
    expect(inputFromItems(headerFor(run), [...itemsOf(run), ...itemsOf(other)])).toEqual(
      inputFromItems(headerFor(run), itemsOf(run)),
    );
  });
});

describe('bookingRunReader', () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openBookingTable();
  });
  afterAll(() => opened.close());

  it.each([
    ['its header has kept the input', true, []],
    ['an older release has opened its header', false, ['Query']],
  ])('given that %s, then it reads what that takes', async (_, isKept, expected) => {
    const run = aTrip();
    const { run: kept, ...header } = bookingFor(run, 'CONFIRMED');
    for (const leg of legs) {
      const key = keyOfLeg(leg, run);
      if (key) await opened.put({ ...key, ...itemOfLeg(leg, run), execution_id: run.execution_id });
    }
    const operations: string[] = [];
    opened.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    const input = await bookingRunReader(opened.table).inputOf(isKept && kept ? { ...header, run: kept } : header);
    opened.intercept(undefined);
    expect(operations).toEqual(expected);
    expect(input).toMatchObject({ trip_id: run.trip_id, hotel: run.hotel, rental: run.rental, depart: run.depart });
  });
});

describe('dynamoDbCancellationMarker', () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openBookingTable();
  });
  afterAll(() => opened.close());

  const now = '2026-03-02T10:00:00.000Z';
  const later = '2026-03-02T11:00:00.000Z';

  async function aHeader(fields: Record<string, unknown> = {}) {
    const { run, ...header } = bookingFor(aTrip(), 'CONFIRMED');
    const item = { ...keys.booking(header.id), ...header, ...fields };
    await opened.put(item);
    return { booking: header, item, header: () => opened.item(keys.booking(header.id)) };
  }

  it('marks a confirmed booking, and puts it where the reconciler finds it', async () => {
    const { booking, item, header } = await aHeader();
    expect(await dynamoDbCancellationMarker(opened.table, () => now)(booking)).toBe(true);
    const shard = unfinishedShardOf(booking.id);
    expect(await header()).toEqual({ ...item, cancelRequestedAt: now, updatedAt: now, unfinishedShard: shard });
    expect(await opened.query('ByUnfinished', 'unfinishedShard', shard)).toContainEqual(
      expect.objectContaining({ pk: booking.id, updatedAt: now }),
    );
  });

  it('leaves the time of the first request, so that repetitions do not keep the reconciler away', async () => {
    const { booking, header } = await aHeader();
    for (const at of [now, later]) {
      expect(await dynamoDbCancellationMarker(opened.table, () => at)(booking)).toBe(true);
    }
    expect(await header()).toMatchObject({ cancelRequestedAt: now, updatedAt: now });
  });

  it('puts one that an older release has marked where the reconciler finds it', async () => {
    const { booking, header } = await aHeader({ cancelRequestedAt: now });
    expect(await dynamoDbCancellationMarker(opened.table, () => later)(booking)).toBe(true);
    expect(await header()).toMatchObject({
      cancelRequestedAt: now,
      updatedAt: later,
      unfinishedShard: unfinishedShardOf(booking.id),
    });
  });

  it.each([
    ['is fenced', { status: 'CANCELLING' }],
    ['is cancelled', { status: 'CANCELLED' }],
    ['is fenced after an earlier mark', { status: 'CANCELLING', cancelRequestedAt: now, unfinishedShard: '0' }],
    ['belongs to another run', { execution_id: 'other.run' }],
  ])('leaves one alone that %s', async (_, fields) => {
    const { booking, item, header } = await aHeader(fields);
    expect(await dynamoDbCancellationMarker(opened.table, () => later)(booking)).toBe(false);
    expect(await header()).toEqual(item);
  });
});
