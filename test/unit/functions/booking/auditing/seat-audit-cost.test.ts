import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { type AuditedTable, openAuditedTable } from '#test/support/audited-table.ts';
import { anExecutionId } from '#test/support/trips.ts';

let table: AuditedTable;
beforeEach(async () => {
  table = await openAuditedTable();
});
afterEach(() => table.close());

describe('the cost of a run', () => {
  /** Of flights that have departed, as the audit leaves them; the ids are short, since there are a million. */
  const aMillionBookings = async () => {
    for (let flight = 0; flight < 1000; flight++) {
      const item = {
        ...keys.flightInventory(`old-${flight}`),
        departureAirportCode: 'LGW',
        departureDate: '2020-01-01',
      };
      const SS = Array.from({ length: 1000 }, (_, seat) => `${flight}-${seat}.x`);
      const strings = Object.entries(item).map(([name, S]) => [name, { S }]);
      const Item = { ...Object.fromEntries(strings), seatHolds: { SS } };
      await table.call('PutItem', { TableName: table.table.name, Item });
    }
  };

  it('is the same with a million confirmed bookings of departed flights as with none', async () => {
    await table.anAudit().run();
    const withNone = table.spied();
    await table.anAudit().run();
    table.intercept(undefined);
    await aMillionBookings();
    const withMany = table.spied();

    await expect(table.anAudit().run()).resolves.toEqual({ flights: 0, holds: 0, released: 0, finished: true });

    expect(withMany).toEqual(withNone);
    expect(withNone).toEqual(['GetItem', 'Query', 'Query', 'PutItem']);
  }, 120_000);

  it('is a read and a page more for a flight without holds, and one write when it leaves', async () => {
    await table.anAudit().run();
    await table.aHeldFlight([], { departure: '2026-06-01' });
    const leaving = table.spied();
    await table.anAudit().run();
    expect(leaving).toEqual(['GetItem', 'Query', 'GetItem', 'UpdateItem', 'Query', 'Query', 'PutItem']);
    const left = table.spied();
    await table.anAudit().run();
    expect(left).toEqual(['GetItem', 'Query', 'Query', 'PutItem']);
  });

  it('is ten reads of a hundred headers for a full flight', async () => {
    const holds = Array.from({ length: 1000 }, () => anExecutionId());
    const id = await table.aHeldFlight(holds);
    for (const live of holds.slice(0, 990)) await table.aHeader(live, 'CONFIRMED');
    const calls = table.spied();
    await expect(table.anAudit().run()).resolves.toMatchObject({ holds: 1000, released: 10 });
    expect(calls.filter((call) => call === 'BatchGetItem')).toHaveLength(10);
    expect((await table.seatsOf(id)).holds).toHaveLength(990);
  });
});
