import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keys, seatAuditAttribute } from '#schema/table.ts';
import { type AuditedTable, freeSeats, openAuditedTable, timeFor } from '#test/support/audited-table.ts';
import { aFlight } from '#test/support/booking-table.ts';
import { anExecutionId } from '#test/support/trips.ts';

let table: AuditedTable;
beforeEach(async () => {
  table = await openAuditedTable();
});
afterEach(() => table.close());

describe('a run that is short of time', () => {
  const ids = ['f1', 'f2', 'f3', 'f4', 'f5'];
  const flights = async () => {
    for (const id of ids.slice(0, 3)) await table.aHeldFlight([anExecutionId()], { id });
    for (const id of ids.slice(3)) await table.aHeldFlight([anExecutionId()], { id, audit: 'always' });
  };
  const held = async () => {
    const left = await Promise.all(ids.map(async (id) => ((await table.seatsOf(id)).holds.length > 0 ? id : [])));
    return left.flat();
  };
  it('stops, and the next ones go on where it stopped until the round is done', async () => {
    await table.anAudit().run();
    await flights();
    const { run, counted } = table.anAudit();
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
    await table.anAudit().run();
    await flights();
    const { run } = table.anAudit();
    await run({ msLeft: timeFor(2) });
    await table.call('DeleteItem', {
      TableName: table.table.name,
      Key: { pk: { S: 'FLIGHT#f2' }, sk: { S: 'FLIGHT' } },
    });
    await expect(run()).resolves.toMatchObject({ flights: 3, finished: true });
  });

  it('tells how long ago a round was finished, until one is again', async () => {
    const { run, counted } = table.anAudit();
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
    const { run, counted } = table.anAudit();
    // The first look is for flights of older releases.
    await run({ at: '2026-07-01T10:00:00.000Z', msLeft: timeFor(2) });
    await run({ at: '2026-07-01T11:00:00.000Z', msLeft: timeFor(1) });
    expect(counted.SeatAuditAgeSeconds).toBe(3600);
  });

  it('is one that meets a used-up quota', async () => {
    await table.anAudit().run();
    await flights();
    table.intercept(async (operation, input, call) => {
      if (operation === 'GetItem' && JSON.stringify(input).includes('FLIGHT#f2')) {
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      }
      return call(operation, input);
    });
    const { run, warnings } = table.anAudit();
    await expect(run()).resolves.toMatchObject({ flights: 1, finished: false });
    expect(warnings).toEqual([expect.stringContaining('Flight f2')]);
    table.intercept(undefined);
    await expect(run()).resolves.toMatchObject({ flights: 4, finished: true });
  });
});

describe('flights of older releases', () => {
  const old = (id: string, departureDate: string) => table.put(aFlight(id, freeSeats, { departureDate }));

  it('are taken in once, unless they have departed', async () => {
    await old('old-departed', '2026-01-01');
    await old('old-selling', '2026-08-01');
    const { run } = table.anAudit();
    await run();
    expect(await table.audited()).toEqual(['old-selling']);
    const calls = table.spied();
    await run();
    expect(calls).not.toContain('Scan');
  });

  it('are taken in page by page, by several runs where time is short, before any is audited', async () => {
    const ids = Array.from({ length: 230 }, (_, index) => `old-${1000 + index}`);
    for (const id of ids) await old(id, '2026-08-01');
    const { run } = table.anAudit();
    for (const expected of [100, 200]) {
      await expect(run({ msLeft: timeFor(1) })).resolves.toMatchObject({ flights: 0, finished: false });
      expect(await table.audited()).toHaveLength(expected);
    }
    await expect(run()).resolves.toMatchObject({ flights: 230, finished: true });
  });

  it('are not made anew where they are deleted meanwhile', async () => {
    await old('old-deleted', '2026-08-01');
    table.intercept(async (operation, input, call) => {
      const answer = await call(operation, input);
      if (operation === 'Scan')
        await call('DeleteItem', {
          TableName: table.table.name,
          Key: { pk: { S: 'FLIGHT#old-deleted' }, sk: { S: 'FLIGHT' } },
        });
      return answer;
    });
    await table.anAudit().run();
    expect(await table.item(keys.flightInventory('old-deleted'))).toBeUndefined();
  });

  it('keep what they have: one that is audited for ever stays so', async () => {
    await table.aHeldFlight([], { id: 'demo', audit: 'always' });
    await table.anAudit().run();
    expect(await table.item(keys.flightInventory('demo'))).toMatchObject({ [seatAuditAttribute]: 'always' });
  });
});
