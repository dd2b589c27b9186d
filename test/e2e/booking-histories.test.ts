import { describe, expect, it } from '@jest/globals';
import { aBookingRequest, aConfirmedBooking, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { ended, executionArn, type Item } from '#test/support/e2e/saga.ts';
import { booked, forwardPath, undonePath } from '#test/support/saga-paths.ts';
import { cancel, executionOf } from './bookings-api.ts';
import { alice, bob, target } from './three-customers.ts';

describe('GET /bookings/{id}/history', () => {
  it('given a booking that was made and cancelled, then it lists both runs state by state', async () => {
    const id = await aConfirmedBooking(target, alice);
    await ended(target, executionArn(target, await executionOf(id)));
    await cancel(alice, id);
    await ended(target, executionArn(target, `${await executionOf(id)}.cancel`));

    const { status, body } = await api(target, alice, `/bookings/${id}/history`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: 'CANCELLED' });
    expect(body.executions.map((run: Item) => [run.action, run.status])).toEqual([
      ['book', 'SUCCEEDED'],
      ['cancel', 'SUCCEEDED'],
    ]);
    const [made, cancelled] = body.executions;
    expect(made.states.map((state: Item) => state.name)).toEqual([...forwardPath, 'NotifyBookingConfirmed', booked]);
    expect(cancelled.states[1]).toEqual({
      name: 'CancelBooking',
      enteredAt: expect.stringMatching(/Z$/),
      leftAt: expect.stringMatching(/Z$/),
    });
    expect(cancelled.endedAt >= cancelled.startedAt).toBe(true);
  });

  it('given a booking that failed, then the state that failed names its error', async () => {
    const { body } = await postBooking(target, alice, await aBookingRequest(target, alice, { runType: 'failPayment' }));
    await bookingAt(target, alice, body.id, 'CANCELLED');
    await ended(target, executionArn(target, await executionOf(body.id)));

    const history = await api(target, alice, `/bookings/${body.id}/history`);

    const [run] = history.body.executions;
    expect([run.action, run.status]).toEqual(['book', 'FAILED']);
    expect(run.states.map((state: Item) => state.name)).toEqual(undonePath('TakePayment'));
    const failed = run.states.filter((state: Item) => state.error !== undefined);
    expect(failed.map((state: Item) => state.name)).toEqual(['TakePayment']);
  });

  it("given another customer's booking, then the answer is that of one that does not exist", async () => {
    const id = await aConfirmedBooking(target, alice);
    const [others, absent] = [
      await api(target, bob, `/bookings/${id}/history`),
      await api(target, bob, '/bookings/no-such/history'),
    ];
    expect([others.status, others.text]).toEqual([404, absent.text]);
  });
});
