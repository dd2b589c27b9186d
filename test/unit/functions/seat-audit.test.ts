import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dynamoDbSeatAuditStore } from '#functions/booking/dynamodb-seat-audit-store.ts';
import { auditSeatHolds } from '#functions/booking/seat-audit.ts';
import { newFlightItem } from '#functions/flight/flight-item.ts';
import { type BookingStatus, tripIdOf } from '#schema/saga-input.ts';
import { indexes, keys, type SeatAudit, seatAuditAttribute } from '#schema/table.ts';
import { aFlight, openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { anExecutionId } from '#test/support/trips.ts';

const now = '2026-07-01T10:00:00.000Z';
const enough = 600_000;

let table: TestTable;
beforeEach(async () => {
  table = await openBookingTable();
});
afterEach(() => table.close());

interface Run {
  readonly msLeft?: () => number;
  readonly at?: string;
}

const anAudit = () => {
  const counted: Record<string, number> = {};
  const warnings: string[] = [];
  const run = ({ msLeft = () => enough, at = now }: Run = {}) =>
    auditSeatHolds({
      store: dynamoDbSeatAuditStore(table.table),
      count: (metric, value) => {
        counted[metric] = value;
      },
      warn: (message) => void warnings.push(message),
      now: () => at,
      msLeft,
    });
  return { counted, warnings, run };
};

/** Its calls of the table, in order. */
const spied = (): { calls: string[] } => {
  const calls: string[] = [];
  table.intercept((operation, input, call) => {
    calls.push(operation);
    return call(operation, input);
  });
  return { calls };
};

const seats = 5;
const aHeldFlight = async (holds: readonly string[], flight: { id?: string; audit?: SeatAudit; on?: string } = {}) => {
  const { id = randomUUID(), audit = 'departing', on = '2026-07-10T06:00:00.000Z' } = flight;
  const item = newFlightItem(aNewFlight({ id, departureDate: on, seatCapacity: seats }), 'r', now);
  await table.put({
    ...item,
    [seatAuditAttribute]: audit,
    ...(holds.length > 0 ? { seatHolds: new Set(holds) } : {}),
  });
  return id;
};

const aHeader = (executionId: string, status: BookingStatus, tripId = tripIdOf(executionId)) =>
  table.put({ ...keys.booking(tripId), id: tripId, execution_id: executionId, status });

const seatsOf = async (id: string) => {
  const item = await table.item(keys.flightInventory(id));
  return { free: Number(item?.seatCapacity), holds: [...((item?.seatHolds as Set<string> | undefined) ?? [])] };
};
const audited = async () =>
  (
    await Promise.all(
      ['departing', 'always'].map((kind) => table.query(indexes.bySeatAudit.name, seatAuditAttribute, kind)),
    )
  )
    .flat()
    .map(({ id }) => id);

describe('a seat hold', () => {
  const hold = anExecutionId();

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
    'of its own booking stays while that is %s',
    async (status) => {
      const id = await aHeldFlight([hold]);
      await aHeader(hold, status);
      await expect(anAudit().run()).resolves.toEqual({ flights: 1, holds: 1, released: 0, finished: true });
      expect(await seatsOf(id)).toEqual({ free: seats, holds: [hold] });
    },
  );

  it('of a CANCELLED booking is released, and counted', async () => {
    const id = await aHeldFlight([hold]);
    await aHeader(hold, 'CANCELLED');
    const { run, counted } = anAudit();
    await expect(run()).resolves.toMatchObject({ released: 1 });
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [] });
    expect(counted).toMatchObject({ AuditedFlights: 1, AuditedSeatHolds: 1, ReleasedSeatHolds: 1 });
  });

  it('of a booking that never was is released', async () => {
    const id = await aHeldFlight([hold]);
    await anAudit().run();
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [] });
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const)(
    'of an execution whose trip is another one, %s, is released',
    async (status) => {
      const id = await aHeldFlight([hold]);
      await aHeader(anExecutionId(tripIdOf(hold)), status);
      await anAudit().run();
      expect((await seatsOf(id)).holds).toEqual([]);
    },
  );

  it('of a trip that two executions hold seats for stays for the one whose booking it is', async () => {
    const other = anExecutionId(tripIdOf(hold));
    const id = await aHeldFlight([hold, other]);
    await aHeader(hold, 'CONFIRMED');
    await anAudit().run();
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [hold] });
  });

  it('is read before the header that decides on it, and both consistently', async () => {
    await anAudit().run();
    await aHeldFlight([hold]);
    const reads: string[] = [];
    table.intercept((operation, input, call) => {
      const keysRead = JSON.stringify(input);
      if (operation === 'GetItem' && keysRead.includes('FLIGHT#')) reads.push(`flight ${input.ConsistentRead}`);
      if (operation === 'BatchGetItem') {
        const [request] = Object.values(input.RequestItems as Record<string, { ConsistentRead: boolean }>);
        reads.push(`headers ${request?.ConsistentRead}`);
      }
      if (operation === 'UpdateItem') reads.push('release');
      return call(operation, input);
    });
    await anAudit().run();
    expect(reads).toEqual(['flight true', 'headers true', 'release']);
  });

  it('that is released meanwhile is released once', async () => {
    const id = await aHeldFlight([hold]);
    table.intercept(async (operation, input, call) => {
      const answer = await call(operation, input);
      if (operation === 'BatchGetItem') {
        table.intercept(undefined);
        await dynamoDbSeatAuditStore(table.table).releaseSeat(id, hold);
      }
      return answer;
    });
    await expect(anAudit().run()).resolves.toMatchObject({ released: 0 });
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [] });
  });

  it.each([['.x'], ['x'.repeat(3000)], ['no booking'], ['a.b.c'], ['🏨.x']])(
    'that names no booking (%.10s) is released and told of, and the next run has nothing to tell',
    async (junk) => {
      const id = await aHeldFlight([junk, hold]);
      await aHeader(hold, 'CONFIRMED');
      const { run, warnings } = anAudit();
      await expect(run()).resolves.toMatchObject({ released: 1 });
      expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [hold] });
      expect(warnings).toEqual([expect.stringContaining(`Flight ${id} had a seat hold that names no booking`)]);
      await run();
      expect(warnings).toHaveLength(1);
    },
  );

  it('is looked at on a full flight with ten reads of a hundred headers', async () => {
    const holds = Array.from({ length: 1000 }, () => anExecutionId());
    const id = await aHeldFlight(holds);
    for (const live of holds.slice(0, 990)) await aHeader(live, 'CONFIRMED');
    const { calls } = spied();
    await expect(anAudit().run()).resolves.toMatchObject({ holds: 1000, released: 10 });
    expect(calls.filter((call) => call === 'BatchGetItem')).toHaveLength(10);
    expect((await seatsOf(id)).holds).toHaveLength(990);
  });
});

describe('the flights that are audited', () => {
  const orphan = () => [anExecutionId()];

  it('are those for ever, too, whatever their date: a demo flight gets its orphaned seat back', async () => {
    const id = await aHeldFlight(orphan(), { audit: 'always', on: '2021-07-10T06:00:00.000Z' });
    const { run } = anAudit();
    await expect(run()).resolves.toMatchObject({ released: 1 });
    await expect(run()).resolves.toMatchObject({ flights: 1 });
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [] });
  });

  it('leave once they have departed two days ago, after a last look', async () => {
    const id = await aHeldFlight(orphan(), { on: '2026-06-28T23:00:00.000Z' });
    await expect(anAudit().run()).resolves.toMatchObject({ flights: 1, released: 1 });
    expect(await audited()).toEqual([]);
    expect(await seatsOf(id)).toEqual({ free: seats + 1, holds: [] });
  });

  it.each(['2026-06-28T23:00:00.000Z', '2026-06-29', '2026-07-01', '2027-01-01', 'one day'])(
    'stay with a departure on %s, two days after it and later',
    async (on) => {
      const id = await aHeldFlight([], { on });
      await anAudit().run({ at: '2026-06-30T23:59:59.000Z' });
      expect(await audited()).toEqual([id]);
    },
  );

  it('stay where the departure was put off while it was looked at', async () => {
    const id = await aHeldFlight([], { on: '2026-06-01' });
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem') {
        table.intercept(undefined);
        await aHeldFlight([], { id, on: '2026-09-01' });
      }
      return call(operation, input);
    });
    await anAudit().run();
    expect(await audited()).toEqual([id]);
  });

  it('that are gone by now are passed over', async () => {
    await aHeldFlight([]);
    table.intercept(async (operation, input, call) =>
      operation === 'GetItem' && JSON.stringify(input).includes('FLIGHT#') ? {} : call(operation, input),
    );
    await expect(anAudit().run()).resolves.toMatchObject({ flights: 1, holds: 0 });
  });

  it('that can not be audited do not stop the others, and are told of at the end', async () => {
    const [broken, other] = [await aHeldFlight(orphan(), { id: 'a' }), await aHeldFlight(orphan(), { id: 'b' })];
    table.intercept(async (operation, input, call) => {
      if (operation === 'GetItem' && JSON.stringify(input).includes(`FLIGHT#${broken}`)) throw new Error('no way');
      return call(operation, input);
    });
    const { run, counted } = anAudit();
    await expect(run()).rejects.toThrow(/Flight a:/);
    expect((await seatsOf(other)).holds).toEqual([]);
    expect(counted).toMatchObject({ AuditedFlights: 2, ReleasedSeatHolds: 1 });
  });
});

describe('what a run costs', () => {
  const departed = { on: '2020-01-01' };
  /** Short ones, since there are a million. */
  const bookings = (flight: number) => Array.from({ length: 1000 }, (_, seat) => `${flight}-${seat}.x`);

  it('is the same with a million confirmed bookings of departed flights as with none', async () => {
    await anAudit().run();
    const withNone = spied();
    await anAudit().run();
    table.intercept(undefined);

    for (let flight = 0; flight < 1000; flight++) {
      const id = `old-${flight}`;
      const item = newFlightItem(aNewFlight({ id, departureDate: departed.on }), 'r', now);
      const { [seatAuditAttribute]: _left, ...retired } = item;
      await table.put({ ...retired, seatHolds: new Set(bookings(flight)) });
    }
    const withMany = spied();
    await expect(anAudit().run()).resolves.toEqual({ flights: 0, holds: 0, released: 0, finished: true });

    expect(withMany.calls).toEqual(withNone.calls);
    expect(withNone.calls).toEqual(['GetItem', 'Query', 'Query', 'PutItem']);
  }, 120_000);

  it('is one more call or two for a flight that is audited, and one when it leaves', async () => {
    await anAudit().run();
    await aHeldFlight([]);
    const empty = spied();
    await anAudit().run();
    expect(empty.calls).toEqual(['GetItem', 'Query', 'GetItem', 'Query', 'Query', 'PutItem']);
  });
});

describe('a run that is short of time', () => {
  const ids = ['f1', 'f2', 'f3', 'f4', 'f5'];
  const flights = async () => {
    for (const id of ids.slice(0, 3)) await aHeldFlight([anExecutionId()], { id });
    for (const id of ids.slice(3)) await aHeldFlight([anExecutionId()], { id, audit: 'always' });
  };
  const held = async () => {
    const left = await Promise.all(ids.map(async (id) => ((await seatsOf(id)).holds.length > 0 ? id : [])));
    return left.flat();
  };
  /** Time for so many flights. */
  const timeFor = (flightCount: number) => {
    let looks = 0;
    return () => (looks++ < flightCount ? enough : 0);
  };

  it('stops, and the next ones go on where it stopped until the round is done', async () => {
    await anAudit().run();
    await flights();
    const { run, counted } = anAudit();
    await expect(run({ msLeft: timeFor(2) })).resolves.toMatchObject({ flights: 2, finished: false });
    expect(await held()).toEqual(['f3', 'f4', 'f5']);
    await expect(run({ msLeft: timeFor(2) })).resolves.toMatchObject({ flights: 2, finished: false });
    expect(await held()).toEqual(['f5']);
    expect(counted).toMatchObject({ AuditedFlights: 2, ReleasedSeatHolds: 2 });
    await expect(run({ msLeft: timeFor(2) })).resolves.toMatchObject({ flights: 1, finished: true });
    expect(await held()).toEqual([]);
    await expect(run()).resolves.toMatchObject({ flights: 5, finished: true });
  });

  it('goes on although the flight that was the last one is gone', async () => {
    await anAudit().run();
    await flights();
    const { run } = anAudit();
    await run({ msLeft: timeFor(2) });
    await table.call('DeleteItem', {
      TableName: table.table.name,
      Key: { pk: { S: 'FLIGHT#f2' }, sk: { S: 'FLIGHT' } },
    });
    await expect(run()).resolves.toMatchObject({ flights: 3, finished: true });
  });

  it('tells how long ago a round was finished, until one is again', async () => {
    const { run, counted } = anAudit();
    await run({ at: '2026-07-01T10:00:00.000Z' });
    expect(counted.SeatAuditAgeSeconds).toBe(0);
    await flights();
    await run({ at: '2026-07-01T11:00:00.000Z', msLeft: timeFor(1) });
    expect(counted.SeatAuditAgeSeconds).toBe(3600);
    await run({ at: '2026-07-01T12:00:00.000Z', msLeft: timeFor(1) });
    expect(counted.SeatAuditAgeSeconds).toBe(7200);
    await run({ at: '2026-07-01T13:00:00.000Z' });
    expect(counted.SeatAuditAgeSeconds).toBe(0);
  });

  it('is told from the beginning where no round was ever finished', async () => {
    await flights();
    const { run, counted } = anAudit();
    // The first look is for flights of older releases.
    await run({ at: '2026-07-01T10:00:00.000Z', msLeft: timeFor(2) });
    await run({ at: '2026-07-01T11:00:00.000Z', msLeft: timeFor(1) });
    expect(counted.SeatAuditAgeSeconds).toBe(3600);
  });

  it('is one that meets a used-up quota', async () => {
    await anAudit().run();
    await flights();
    table.intercept(async (operation, input, call) => {
      if (operation === 'GetItem' && JSON.stringify(input).includes('FLIGHT#f2')) {
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      }
      return call(operation, input);
    });
    const { run, warnings } = anAudit();
    await expect(run()).resolves.toMatchObject({ flights: 1, finished: false });
    expect(warnings).toEqual([expect.stringContaining('Flight f2')]);
    table.intercept(undefined);
    await expect(run()).resolves.toMatchObject({ flights: 4, finished: true });
  });
});

describe('flights of older releases', () => {
  const old = (id: string, departureDate: string) => table.put(aFlight(id, seats, { departureDate }));

  it('are taken in once, unless they have departed', async () => {
    await old('old-departed', '2026-01-01');
    await old('old-selling', '2026-08-01');
    const { run } = anAudit();
    await run();
    expect(await audited()).toEqual(['old-selling']);
    const { calls } = spied();
    await run();
    expect(calls).not.toContain('Scan');
  });

  it('are taken in page by page, by several runs where time is short, before any is audited', async () => {
    const ids = Array.from({ length: 230 }, (_, index) => `old-${1000 + index}`);
    for (const id of ids) await old(id, '2026-08-01');
    const { run } = anAudit();
    for (const expected of [100, 200]) {
      let looks = 0;
      await expect(run({ msLeft: () => (looks++ < 1 ? enough : 0) })).resolves.toMatchObject({
        flights: 0,
        finished: false,
      });
      expect(await audited()).toHaveLength(expected);
    }
    await expect(run()).resolves.toMatchObject({ flights: 230, finished: true });
  });

  it('keep what they have: one that is audited for ever stays so', async () => {
    await aHeldFlight([], { id: 'demo', audit: 'always' });
    await anAudit().run();
    expect(await table.item(keys.flightInventory('demo'))).toMatchObject({ [seatAuditAttribute]: 'always' });
  });
});
