import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { aConfirmedBooking, api } from '#test/support/e2e/api.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { type Item, put } from '#test/support/e2e/saga.ts';
import { expectProblem } from './bookings-api.ts';
import { admin, alice, target } from './three-customers.ts';

describe('GET /bookings', () => {
  it('given several bookings, then they come newest first, page by page, each once, and other customers do not see them', async () => {
    const [dora, erik] = [await customerOf(target, 'dora'), await customerOf(target, 'erik')];
    const ids = [];
    for (let booking = 0; booking < 3; booking++) ids.push(await aConfirmedBooking(target, dora));
    const seen: string[] = [];
    let next = '';
    let pages = 0;
    do {
      const { status, body } = await api(target, dora, `/bookings?limit=2${next}`);
      expect(status).toBe(200);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((booking: Item) => booking.id));
      next = body.nextToken === undefined ? '' : `&nextToken=${encodeURIComponent(body.nextToken)}`;
      pages++;
    } while (next !== '');
    expect(seen).toEqual(ids.reverse());
    expect(pages).toBeGreaterThanOrEqual(2);
    expect((await api(target, erik, '/bookings')).body).toEqual({ items: [] });
    const byAdmin = await api(target, admin, `/bookings?customer=${encodeURIComponent(dora.sub)}`);
    expect(byAdmin.body.items.map((booking: Item) => booking.id)).toEqual(ids);
    expect((await api(target, dora, '/bookings?status=CANCELLED')).body.items).toEqual([]);
    expect((await api(target, dora, '/bookings?status=CONFIRMED')).body.items).toHaveLength(3);
  });

  it('given a booking whose cancellation was asked for and has not begun, then every list shows it as GET does', async () => {
    const gina = await customerOf(target, `gina-${randomUUID()}`);
    const [asked, stands] = [randomUUID(), randomUUID()];
    for (const [id, now] of [
      [asked, '2026-01-01T00:00:01.000Z'],
      [stands, '2026-01-01T00:00:00.000Z'],
    ] as const) {
      await put(target, {
        ...keys.booking(id),
        id,
        status: 'CONFIRMED',
        customer: gina.sub,
        outboundFlightId: 'f',
        paymentToken: 't',
        checkedIn: false,
        createdAt: now,
        updatedAt: now,
        execution_id: `${id}.x`,
        startedAt: `${now}#${id}.x`,
        ...(id === asked ? { cancelRequestedAt: now } : {}),
      });
    }
    const listed = async (query: string) =>
      (await api(target, gina, `/bookings${query}`)).body.items.map(({ id, status }: Item) => [id, status]);

    expect((await api(target, gina, `/bookings/${asked}`)).body.status).toBe('CANCELLING');
    expect(await listed('?status=CANCELLING')).toEqual([[asked, 'CANCELLING']]);
    expect(await listed('?status=CONFIRMED')).toEqual([[stands, 'CONFIRMED']]);
    expect(await listed('')).toEqual([
      [asked, 'CANCELLING'],
      [stands, 'CONFIRMED'],
    ]);
  });

  it('given a page token of another query, another customer, or a changed one, then 400 names it', async () => {
    const fred = await customerOf(target, 'fred');
    for (let booking = 0; booking < 2; booking++) await aConfirmedBooking(target, fred);
    const { body } = await api(target, fred, '/bookings?limit=1');
    const token: string = body.nextToken;
    const changed = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    const refused = [
      await api(target, alice, `/bookings?limit=1&nextToken=${token}`),
      await api(target, fred, `/bookings?limit=1&status=CONFIRMED&nextToken=${token}`),
      await api(target, admin, `/bookings?limit=1&customer=${encodeURIComponent(fred.sub)}&nextToken=${token}`),
      await api(target, fred, `/bookings?limit=1&nextToken=${changed}`),
      await api(target, fred, '/bookings?nextToken=eyJwayI6ImEifQ'),
    ];
    for (const answer of refused) expectProblem(answer, { status: 400, field: 'nextToken' });
    expect((await api(target, fred, `/bookings?limit=5&nextToken=${token}`)).status).toBe(200);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['status=BOOKED', 'status'],
    ['status=', 'status'],
    ['status=CONFIRMED&status=CANCELLED', 'status'],
    ['sort=up', 'sort'],
    ['nextToken=', 'nextToken'],
  ])('given ?%s, then 400 names the parameter', async (query, field) => {
    expectProblem(await api(target, alice, `/bookings?${query}`), { status: 400, field });
  });

  it('given a percent sign without hex digits, then 400 names the parameter', async () => {
    expectProblem(await api(target, alice, '/bookings?status=%ZZ'), { status: 400, field: 'status' });
  });

  it('given a customer who is no Admin and asks for another, then 403 names the parameter', async () => {
    expectProblem(await api(target, alice, '/bookings?customer=bob'), { status: 403, field: 'customer' });
  });
});
