import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#functions/shared/http/caller.ts';
import { keys } from '#schema/table.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { admin, conditionFailed, customer, firstError, service, table } from './bookings-setup.ts';

describe('updateBooking', () => {
  const mutation =
    'mutation ($input: UpdateBookingInput!, $condition: ModelBookingConditionInput) { updateBooking(input: $input, condition: $condition) { id checkedIn bookingReference status updatedAt } }';
  const item = (id: string) => table.item(keys.booking(id));

  it('lets owners check in, and out again', async () => {
    const alice = customer();
    const { id, updatedAt } = await putBooking(table, { customer: alice.sub });
    const { data } = await service.ask(alice, mutation, { input: { id, checkedIn: true } });
    expect(data?.updateBooking).toMatchObject({ id, checkedIn: true, status: 'CONFIRMED' });
    expect(await item(id)).toMatchObject({ checkedIn: true, updatedAt: expect.not.stringMatching(updatedAt) });
    await service.ask(alice, mutation, { input: { id, checkedIn: null } });
    expect(await item(id)).toMatchObject({ checkedIn: false });
  });

  it('takes a whole booking that was sent back with the own field changed', async () => {
    const alice = customer();
    const { id, paymentToken, createdAt } = await putBooking(table, { customer: alice.sub });
    const input = {
      id,
      status: 'CONFIRMED',
      paymentToken,
      checkedIn: true,
      customer: alice.sub,
      createdAt,
      bookingReference: null,
      bookingOutboundFlightId: 'flight',
    };
    expect((await service.ask(alice, mutation, { input })).errors).toBeUndefined();
    expect(await item(id)).toMatchObject({ checkedIn: true });
  });

  it.each([
    { status: 'CANCELLED' },
    { paymentToken: 'other' },
    { customer: 'bob' },
    { createdAt: '2000-01-01T00:00:00.000Z' },
    { bookingOutboundFlightId: 'other' },
    { customer: null },
  ])('%j is neither the owner’s nor an Admin’s to write', async (change) => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const before = await item(id);
    for (const caller of [alice, admin]) {
      const error = await firstError(service.ask(caller, mutation, { input: { id, checkedIn: true, ...change } }));
      const [field = ''] = Object.keys(change);
      expect(error).toMatchObject({
        errorType: 'FieldNotWritableError',
        message: `"${field}" is not yours to change: leave it out`,
        errorInfo: { field },
      });
    }
    expect(await item(id)).toEqual(before);
  });

  it('lets Admins write the booking reference, and take it away', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const write = (caller: Caller, bookingReference: string | null) =>
      service.ask(caller, mutation, { input: { id, bookingReference } });
    expect(await firstError(write(alice, 'MINE'))).toMatchObject({ errorType: 'FieldNotWritableError' });
    expect((await write(admin, 'NEW')).data?.updateBooking).toMatchObject({ bookingReference: 'NEW' });
    expect(await item(id)).toMatchObject({ bookingReference: 'NEW' });
    expect((await write(admin, null)).data?.updateBooking).toMatchObject({ bookingReference: null });
    expect(await item(id)).not.toHaveProperty('bookingReference');
  });

  it('refuses a check-in to a booking that is not confirmed', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
    const error = await firstError(service.ask(alice, mutation, { input: { id, checkedIn: true } }));
    expect(error).toMatchObject({ errorType: 'CheckInRefusedError', errorInfo: { field: 'checkedIn' } });
  });

  it('changes one whose cancellation was asked for, as far as that makes sense', async () => {
    const alice = customer();
    const cancelRequestedAt = '2026-07-02T10:00:00.000Z';
    const { id } = await putBooking(table, { customer: alice.sub, checkedIn: true, cancelRequestedAt });
    const update = (caller: Caller, change: object) => service.ask(caller, mutation, { input: { id, ...change } });

    expect(await update(alice, { checkedIn: false })).toMatchObject({
      data: { updateBooking: { checkedIn: false, status: 'CANCELLING' } },
    });
    expect((await update(admin, { bookingReference: 'NEW', status: 'CANCELLING' })).errors).toBeUndefined();
    expect(await item(id)).toMatchObject({ status: 'CONFIRMED', cancelRequestedAt, bookingReference: 'NEW' });
    expect(await firstError(update(alice, { checkedIn: true }))).toMatchObject({ errorType: 'CheckInRefusedError' });
  });

  it("answers another customer's booking like a missing one", async () => {
    const { id } = await putBooking(table, { customer: customer().sub });
    const bob = customer();
    for (const one of [id, randomUUID(), 'not an id']) {
      expect(await service.ask(bob, mutation, { input: { id: one, checkedIn: true } })).toEqual({
        data: { updateBooking: null },
        errors: [conditionFailed('updateBooking')],
      });
    }
  });

  it('writes only if the condition holds for the item at the time of the write', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const update = (condition: object) => service.ask(alice, mutation, { input: { id, checkedIn: true }, condition });
    expect((await update({ status: { eq: 'CANCELLED' } })).errors).toEqual([conditionFailed('updateBooking')]);
    expect(await item(id)).toMatchObject({ checkedIn: false });
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem') {
        table.intercept(undefined);
        await putBooking(table, {
          id,
          customer: alice.sub,
          status: 'CANCELLING',
          updatedAt: '2026-08-01T10:00:00.000Z',
        });
      }
      return call(operation, input);
    });
    expect((await update({ status: { eq: 'CONFIRMED' } })).errors).toEqual([conditionFailed('updateBooking')]);
    expect(await item(id)).toMatchObject({ checkedIn: false, status: 'CANCELLING' });
  });
});
