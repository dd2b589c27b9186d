import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dynamoDbSeatAuditStore } from '#functions/booking/auditing/dynamodb-seat-audit-store.ts';
import { tripIdOf } from '#schema/saga-input.ts';
import { type AuditedTable, freeSeats, openAuditedTable } from '#test/support/audited-table.ts';
import { anExecutionId } from '#test/support/trips.ts';

let table: AuditedTable;
beforeEach(async () => {
  table = await openAuditedTable();
});
afterEach(() => table.close());

describe('a seat hold', () => {
  const hold = anExecutionId();

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
    'of its own booking stays while that is %s',
    async (status) => {
      const id = await table.aHeldFlight([hold]);
      await table.aHeader(hold, status);
      await expect(table.anAudit().run()).resolves.toEqual({ flights: 1, holds: 1, released: 0, finished: true });
      expect(await table.seatsOf(id)).toEqual({ free: freeSeats, holds: [hold] });
    },
  );

  it('of a CANCELLED booking is released, and counted', async () => {
    const id = await table.aHeldFlight([hold]);
    await table.aHeader(hold, 'CANCELLED');
    const { run, counted } = table.anAudit();
    await expect(run()).resolves.toMatchObject({ released: 1 });
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [] });
    expect(counted).toMatchObject({ AuditedFlights: 1, AuditedSeatHolds: 1, ReleasedSeatHolds: 1 });
  });

  it('of a booking that never was is released, without a warning', async () => {
    const id = await table.aHeldFlight([hold]);
    const { run, warnings } = table.anAudit();
    await run();
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [] });
    expect(warnings).toEqual([]);
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const)(
    'of an execution whose trip is another one, %s, is released',
    async (status) => {
      const id = await table.aHeldFlight([hold]);
      await table.aHeader(anExecutionId(tripIdOf(hold)), status);
      await table.anAudit().run();
      expect((await table.seatsOf(id)).holds).toEqual([]);
    },
  );

  it('of a trip that two executions hold freeSeats for stays for the one whose booking it is', async () => {
    const other = anExecutionId(tripIdOf(hold));
    const id = await table.aHeldFlight([hold, other]);
    await table.aHeader(hold, 'CONFIRMED');
    await table.anAudit().run();
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [hold] });
  });

  it('is read before the header that decides on it, and both consistently', async () => {
    await table.anAudit().run();
    await table.aHeldFlight([hold]);
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
    await table.anAudit().run();
    expect(reads).toEqual(['flight true', 'headers true', 'release']);
  });

  it('that is released meanwhile is released once', async () => {
    const id = await table.aHeldFlight([hold]);
    table.intercept(async (operation, input, call) => {
      const answer = await call(operation, input);
      if (operation === 'BatchGetItem') {
        table.intercept(undefined);
        await dynamoDbSeatAuditStore(table.table).releaseSeat(id, hold);
      }
      return answer;
    });
    await expect(table.anAudit().run()).resolves.toMatchObject({ released: 0 });
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [] });
  });

  it.each([['.x'], ['x'.repeat(3000)], ['no booking'], ['a.b.c'], ['🏨.x']])(
    'that names no booking (%.10s) is released and reported, and the next run reports nothing',
    async (junk) => {
      const id = await table.aHeldFlight([junk, hold]);
      await table.aHeader(hold, 'CONFIRMED');
      const { run, warnings } = table.anAudit();
      await expect(run()).resolves.toMatchObject({ released: 1 });
      expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [hold] });
      expect(warnings).toEqual([expect.stringContaining(`Flight ${id} had a seat hold that names no booking`)]);
      await run();
      expect(warnings).toHaveLength(1);
    },
  );
});

describe('the flights that are audited', () => {
  const orphan = () => [anExecutionId()];

  it('include the demo’s flights at any date: one gets its orphaned seat back', async () => {
    const id = await table.aHeldFlight(orphan(), { audit: 'always', departure: '2021-07-10T06:00:00.000Z' });
    const { run } = table.anAudit();
    await expect(run()).resolves.toMatchObject({ released: 1 });
    await expect(run()).resolves.toMatchObject({ flights: 1 });
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [] });
  });

  it('leave once they have departed two days ago, after a last look', async () => {
    const id = await table.aHeldFlight(orphan(), { departure: '2026-06-28T23:00:00.000Z' });
    const run = table.anAudit().run({ at: '2026-07-01T00:00:00.000Z' });
    await expect(run).resolves.toMatchObject({ flights: 1, released: 1 });
    expect(await table.audited()).toEqual([]);
    expect(await table.seatsOf(id)).toEqual({ free: freeSeats + 1, holds: [] });
  });

  it.each(['2026-06-28T23:00:00.000Z', '2026-06-29', '2026-07-01', '2027-01-01', 'one day'])(
    'stay with a departure on %s, two days after it and later',
    async (on) => {
      const id = await table.aHeldFlight([], { departure: on });
      await table.anAudit().run({ at: '2026-06-30T23:59:59.000Z' });
      expect(await table.audited()).toEqual([id]);
    },
  );

  it('stay where the departure was put off while it was looked at', async () => {
    const id = await table.aHeldFlight([], { departure: '2026-06-01' });
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem') {
        table.intercept(undefined);
        await table.aHeldFlight([], { id, departure: '2026-09-01' });
      }
      return call(operation, input);
    });
    await table.anAudit().run();
    expect(await table.audited()).toEqual([id]);
  });

  it('that are gone by now are passed over', async () => {
    await table.aHeldFlight([]);
    table.intercept(async (operation, input, call) =>
      operation === 'GetItem' && JSON.stringify(input).includes('FLIGHT#') ? {} : call(operation, input),
    );
    await expect(table.anAudit().run()).resolves.toMatchObject({ flights: 1, holds: 0 });
  });

  it('that can not be audited do not stop the others, and are reported at the end', async () => {
    const [broken, other] = [
      await table.aHeldFlight(orphan(), { id: 'a' }),
      await table.aHeldFlight(orphan(), { id: 'b' }),
    ];
    table.intercept(async (operation, input, call) => {
      if (operation === 'GetItem' && JSON.stringify(input).includes(`FLIGHT#${broken}`)) throw new Error('no way');
      return call(operation, input);
    });
    const { run, counted } = table.anAudit();
    await expect(run()).rejects.toThrow(/Flight a:/);
    expect((await table.seatsOf(other)).holds).toEqual([]);
    expect(counted).toMatchObject({ AuditedFlights: 2, ReleasedSeatHolds: 1 });
  });
});
