import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { keys } from '#schema/table.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';
import { admin, conditionFailed, customer, firstError, service, table } from './bookings-setup.ts';

describe('deleteBooking', () => {
  const mutation =
    'mutation ($id: ID!, $condition: ModelBookingConditionInput) { deleteBooking(input: { id: $id }, condition: $condition) { id status } }';
  const visible = async (caller: Caller, id: string) =>
    (await service.ask(caller, `{ getBooking(id: "${id}") { id } }`)).data?.getBooking !== null;

  it('hides a cancelled booking from all callers, and the header stays', async () => {
    const alice = customer();
    for (const deleter of [alice, admin]) {
      const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
      expect((await service.ask(deleter, mutation, { id })).data?.deleteBooking).toEqual({ id, status: 'CANCELLED' });
      expect([await visible(alice, id), await visible(admin, id)]).toEqual([false, false]);
      expect(await table.item(keys.booking(id))).toMatchObject({ status: 'CANCELLED', hidden: true });
      expect((await service.ask(alice, mutation, { id })).errors).toEqual([conditionFailed('deleteBooking')]);
    }
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)('refuses one that is %s', async (status) => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status });
    const error = await firstError(service.ask(alice, mutation, { id }));
    expect(error).toMatchObject({
      errorType: 'BookingNotCancelledError',
      message: expect.stringContaining('cancel it first'),
    });
    expect(await visible(alice, id)).toBe(true);
  });

  it("answers another customer's booking like a missing one, and respects conditions", async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
    const refused = [conditionFailed('deleteBooking')];
    expect((await service.ask(customer(), mutation, { id })).errors).toEqual(refused);
    expect((await service.ask(alice, mutation, { id: randomUUID() })).errors).toEqual(refused);
    const condition = { checkedIn: { eq: true } };
    expect((await service.ask(alice, mutation, { id, condition })).errors).toEqual(refused);
    expect(await visible(alice, id)).toBe(true);
  });

  it('shows the booking again once it is made again', async () => {
    const trip = aTrip();
    const owner = { sub: trip.customer, isAdmin: false };
    await putBooking(table, { id: trip.trip_id, customer: trip.customer, status: 'CANCELLED', startedAt: '2000' });
    await service.ask(owner, mutation, { id: trip.trip_id });
    expect(await visible(owner, trip.trip_id)).toBe(false);
    await dynamoDbHeaderStore(table.table).open(headerOf(trip), '2026-08-01T10:00:00.000Z');
    expect(await visible(owner, trip.trip_id)).toBe(true);
  });
});

describe('cancelBooking', () => {
  const mutation = 'mutation ($id: ID!) { cancelBooking(input: { id: $id }) { id status } }';

  it('runs the machine backwards for the owner and Admins, once', async () => {
    const alice = customer();
    const { id, execution_id } = await putBooking(table, { customer: alice.sub });
    for (const caller of [alice, admin, alice]) {
      expect((await service.ask(caller, mutation, { id })).data?.cancelBooking).toEqual({ id, status: 'CANCELLING' });
    }
    expect([...service.started.keys()].filter((name) => name.startsWith(id))).toEqual([`${execution_id}.cancel`]);
  });

  it('answers to try later while the booking is being made', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'UNCONFIRMED' });
    const error = await firstError(service.ask(alice, mutation, { id }));
    expect(error).toMatchObject({
      errorType: 'BookingNotCancellableError',
      message: expect.stringContaining('try again'),
    });
  });

  it("answers another customer's booking like a missing one", async () => {
    const { id } = await putBooking(table, { customer: customer().sub });
    const errors = [];
    for (const one of [id, randomUUID(), 'not an id'])
      errors.push(await firstError(service.ask(customer(), mutation, { id: one })));
    expect(errors[0]).toMatchObject({ errorType: 'BookingNotFoundError' });
    expect(new Set(errors.map((error) => JSON.stringify(error))).size).toBe(1);
  });
});
