import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { api } from '#test/support/e2e/api.ts';
import { aBookingInput, aGraphQlBooking, aHeader, graphQlBookingAt } from '#test/support/e2e/graphql.ts';
import { conditionFailed } from '#test/support/e2e/graphql-errors.ts';
import { headerOf, itemsOf, seatsOf } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import { ask, errorOf } from './graphql-setup.ts';
import { admin, alice, bob, target } from './three-customers.ts';

describe('a booking through GraphQL', () => {
  it('is accepted at once, confirmed, checked in, cancelled, deleted and gone', async () => {
    const input = await aBookingInput(target, alice, {
      customer: 'another-customer',
      status: 'CONFIRMED',
      checkedIn: true,
    });

    const accepted = await ask(alice, operations.processBooking, { input });

    expect(accepted).toMatchObject({
      id: expect.any(String),
      status: 'UNCONFIRMED',
      customer: alice.sub,
      checkedIn: false,
      paymentToken: input.paymentToken,
      outboundFlight: { id: input.bookingOutboundFlightId, ticketPrice: 150, departureCity: 'London' },
    });
    const { id } = accepted;
    const confirmed = await graphQlBookingAt(target, alice, id, 'CONFIRMED');
    expect(confirmed).toMatchObject({ bookingReference: expect.any(String), customer: alice.sub });

    expect(await ask(alice, operations.updateBooking, { input: { id, checkedIn: true } })).toMatchObject({
      id,
      checkedIn: true,
    });
    expect(await errorOf(alice, operations.deleteBooking, { input: { id } })).toMatchObject({
      errorType: 'BookingNotCancelledError',
    });
    expect(await ask(alice, operations.cancelBooking, { input: { id } })).toMatchObject({ id, status: 'CANCELLING' });
    await ask(alice, operations.cancelBooking, { input: { id } });
    const cancelled = await graphQlBookingAt(target, alice, id, 'CANCELLED');
    expect(await ask(alice, operations.cancelBooking, { input: { id } })).toMatchObject({ status: 'CANCELLED' });
    expect(await seatsOf(target, String(input.bookingOutboundFlightId))).toEqual({ capacity: 5, holds: [] });
    expect(await itemsOf(target, id)).toHaveLength(1);

    expect(await ask(alice, operations.deleteBooking, { input: { id } })).toEqual(cancelled);
    for (const customer of [alice, admin]) expect(await ask(customer, operations.getBooking, { id })).toBeNull();
    expect(await headerOf(target, id)).toMatchObject({ status: 'CANCELLED', hidden: true });
  }, 300_000);

  it('given an id that was cancelled and hidden, then it is booked anew and seen again', async () => {
    const id = randomUUID();
    await aGraphQlBooking(target, alice, { id });
    await ask(alice, operations.cancelBooking, { input: { id } });
    await graphQlBookingAt(target, alice, id, 'CANCELLED');
    await ask(alice, operations.deleteBooking, { input: { id } });

    await ask(alice, operations.createBooking, { input: await aBookingInput(target, alice, { id }) });

    // Hidden until the saga has opened it anew.
    await until(async () => ((await ask(alice, operations.getBooking, { id })) === null ? undefined : true));
    expect(await graphQlBookingAt(target, alice, id, 'CONFIRMED')).toMatchObject({ id });
  }, 300_000);

  it.each([
    ['processBooking', operations.processBooking],
    ['createBooking', operations.createBooking],
  ])(
    '%s of the same ids, at once and again, books once',
    async (_, operation) => {
      for (const ids of [{ clientMutationId: randomUUID() }, { id: randomUUID() }]) {
        const input = await aBookingInput(target, alice, ids);
        const answers = await Promise.all([1, 2, 3].map(() => ask(alice, operation, { input })));
        const [{ id }] = answers;
        await graphQlBookingAt(target, alice, id, 'CONFIRMED');
        answers.push(await ask(alice, operation, { input }));
        expect(new Set(answers.map((answer) => answer.id))).toEqual(new Set([id]));
        expect((await seatsOf(target, String(input.bookingOutboundFlightId))).holds).toHaveLength(1);
      }
    },
    120_000,
  );

  it('given a client mutation id that REST has had as its idempotency key, then it is the same booking', async () => {
    const key = randomUUID();
    const input = await aBookingInput(target, alice);
    const { body } = await api(target, alice, '/bookings', {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: { outboundFlightId: input.bookingOutboundFlightId, paymentToken: input.paymentToken },
    });
    expect((await ask(alice, operations.processBooking, { input: { ...input, clientMutationId: key } })).id).toBe(
      body.id,
    );
    await graphQlBookingAt(target, alice, body.id, 'CONFIRMED');
  });

  it('given an unknown flight, then it is refused by name', async () => {
    const input = { paymentToken: 'x', bookingOutboundFlightId: 'none' };
    expect(await errorOf(alice, operations.processBooking, { input })).toMatchObject({
      path: ['processBooking'],
      errorType: 'UnknownFlightError',
      errorInfo: { field: 'bookingOutboundFlightId' },
    });
  });

  it.each([
    ['paymentToken', { paymentToken: 'x\uffff', bookingOutboundFlightId: 'none' }],
    ['bookingOutboundFlightId', { paymentToken: 'x', bookingOutboundFlightId: 'x\ufffe' }],
  ])('given a character in %s that no queue takes, then it is refused by name', async (field, input) => {
    expect(await errorOf(alice, operations.processBooking, { input })).toMatchObject({
      errorType: 'InvalidArgumentsError',
      message: expect.stringContaining(`"input.${field}" must not contain`),
    });
  });

  it("given another customer's booking, then nothing tells that it is there", async () => {
    const { id } = await aGraphQlBooking(target, alice);
    const answersFor = async (booking: unknown) => [
      await ask(bob, operations.getBooking, { id: booking }),
      await errorOf(bob, operations.updateBooking, { input: { id: booking, checkedIn: true } }),
      await errorOf(bob, operations.deleteBooking, { input: { id: booking } }),
      await errorOf(bob, operations.cancelBooking, { input: { id: booking } }),
    ];
    expect(await answersFor(id)).toEqual(await answersFor(randomUUID()));
    expect(await headerOf(target, String(id))).toMatchObject({ status: 'CONFIRMED', checkedIn: false });
    expect(await ask(bob, operations.getBookingByStatus, { customer: alice.sub })).toEqual({
      items: [],
      nextToken: null,
    });
  });

  it('given a booking that is still being made, then it cannot be cancelled yet', async () => {
    const id = await aHeader(target, alice.sub, { status: 'UNCONFIRMED' });
    expect(await errorOf(alice, operations.cancelBooking, { input: { id } })).toMatchObject({
      errorType: 'BookingNotCancellableError',
      message: expect.stringContaining('try again'),
    });
  });

  it.each([
    { status: 'CANCELLED' },
    { customer: 'mallory' },
    { paymentToken: 'stolen' },
    { bookingOutboundFlightId: 'other' },
    { createdAt: '2000-01-01T00:00:00.000Z' },
  ])('given an update of %j, then owner and Admin are told, and the header stays', async (fields) => {
    const id = await aHeader(target, alice.sub, {});
    const untouched = await headerOf(target, id);
    for (const customer of [alice, admin]) {
      expect(await errorOf(customer, operations.updateBooking, { input: { id, ...fields } })).toMatchObject({
        errorType: 'FieldNotWritableError',
      });
    }
    expect(await headerOf(target, id)).toEqual(untouched);
  });

  it('given conditions, then they decide', async () => {
    const id = await aHeader(target, alice.sub, { status: 'CANCELLED' });
    const input = { id };
    const refused = { checkedIn: { eq: true } };
    expect(await errorOf(alice, operations.deleteBooking, { input, condition: refused })).toEqual(
      conditionFailed('deleteBooking'),
    );
    const condition = { or: [refused, { and: [{ status: { eq: 'CANCELLED' } }, { not: refused }] }] };
    expect(await ask(alice, operations.deleteBooking, { input, condition })).toMatchObject({ id });
    expect(await errorOf(alice, operations.deleteBooking, { input, condition: null })).toEqual(
      conditionFailed('deleteBooking'),
    );
  });
});
