import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageTokens } from '#functions/shared/http/page-token.ts';
import { pageTokenSecret } from '#functions/shared/http/page-token-secret.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';

const secret = randomBytes(32);
const tokens = pageTokens(async () => secret);
const query = ['listBookings', 'alice', null];
const cursor = { pk: 'trip-1', sk: 'BOOKING', customer: 'alice', status: 'CONFIRMED' };
const invalid = { name: 'InvalidPageTokenError', field: 'nextToken', status: 400 };

describe('page tokens', () => {
  it('open for the query that they were sealed for', async () => {
    expect(await tokens.open(query, await tokens.seal(query, cursor))).toEqual(cursor);
  });

  it('tell nothing of what they hold', async () => {
    const token = await tokens.seal(query, cursor);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/alice|trip-1|BOOKING/);
  });

  it.each([
    ['another caller', ['listBookings', 'bob', null]],
    ['another operation', ['listFlights', 'alice', null]],
    ['another condition', ['listBookings', 'alice', 'CONFIRMED']],
  ])('do not open for %s', async (_, other) => {
    await expect(tokens.open(other, await tokens.seal(query, cursor))).rejects.toMatchObject(invalid);
  });

  it('do not open once a single character is changed, added or taken away', async () => {
    const token = await tokens.seal(query, cursor);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'AZaz09-_=+ '), async (at, character) => {
        const changed = [
          `${token.slice(0, at)}${character}${token.slice(at + 1)}`,
          `${token.slice(0, at)}${character}${token.slice(at)}`,
          `${token.slice(0, at)}${token.slice(at + 1)}`,
        ].filter((text) => text !== token);
        for (const text of changed) await expect(tokens.open(query, text)).rejects.toMatchObject(invalid);
      }),
    );
  });

  it('are none of other texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), (text) =>
        expect(tokens.open(query, text)).rejects.toMatchObject(invalid),
      ),
    );
  });

  it('do not open with another secret', async () => {
    const others = pageTokens(async () => randomBytes(32));
    await expect(others.open(query, await tokens.seal(query, cursor))).rejects.toMatchObject(invalid);
  });
});

describe('the secret of page tokens', () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openBookingTable();
  });
  afterAll(() => opened.close());

  it('is made once, by whichever function comes first, and the same for all', async () => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => pageTokenSecret(opened.table)()));
    expect(new Set(secrets.map((one) => one.toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
  });

  it('is read once, and anew every few seconds at most', async () => {
    let milliseconds = 0;
    const read = pageTokenSecret(opened.table, () => milliseconds);
    await read();
    let calls = 0;
    opened.intercept((operation, input, call) => {
      calls++;
      return call(operation, input);
    });
    await read();
    milliseconds = 4_999;
    await read({ fresh: true });
    expect(calls).toBe(0);
    milliseconds = 5_000;
    await Promise.all([read({ fresh: true }), read({ fresh: true })]);
    await read({ fresh: true });
    opened.intercept(undefined);
    expect(calls).toBe(1);
  });

  it('is written by nobody who finds it', async () => {
    await pageTokenSecret(opened.table)();
    const operations: string[] = [];
    opened.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    await pageTokenSecret(opened.table)();
    opened.intercept(undefined);
    expect(operations).toEqual(['GetItem']);
  });

  it('that somebody else made in between is taken', async () => {
    const made = await pageTokenSecret(opened.table)();
    opened.intercept(async (operation, input, call) => (operation === 'GetItem' ? {} : call(operation, input)));
    const read = await pageTokenSecret(opened.table)();
    opened.intercept(undefined);
    expect(read).toEqual(made);
  });

  it('that could not be read is asked for again', async () => {
    const read = pageTokenSecret(opened.table);
    opened.intercept(() => Promise.reject(new Error('down')));
    await expect(read()).rejects.toThrow();
    opened.intercept(undefined);
    await expect(read()).resolves.toHaveLength(32);
  });

  it('may be replaced: functions that know the old one open tokens of the new one', async () => {
    let milliseconds = 0;
    const before = pageTokens(pageTokenSecret(opened.table, () => milliseconds));
    const old = await before.seal(query, cursor);
    await opened.put({ ...keys.pageTokenSecret(), secret: randomBytes(32).toString('base64') });
    const after = pageTokens(pageTokenSecret(opened.table));
    milliseconds = 5_000;
    expect(await before.open(query, await after.seal(query, cursor))).toEqual(cursor);
    await expect(after.open(query, old)).rejects.toMatchObject(invalid);
  });
});
