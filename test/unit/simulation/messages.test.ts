import { expect, it } from '@jest/globals';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { lastMessages, untrueMessages } from '#test/simulation/invariants/messages.ts';
import { arnOf, queues } from '#test/simulation/world/stack.ts';
import { aTrip } from '#test/support/trips.ts';

const sent = (id: number, status: string) => ({
  type: 'messageSent' as const,
  ...{ id, at: 0, messageId: String(id) },
  queueArn: arnOf(queues.loyalty),
  body: JSON.stringify({ bookingReference: 'ABC', status }),
});

const trace = [sent(1, 'CONFIRMED'), sent(2, 'CANCELLED'), sent(3, 'CONFIRMED')];

it('the last message that was published is what subscribers were told', () => {
  expect(lastMessages(trace, new Set())).toEqual(new Map([['ABC', 'CONFIRMED']]));
});

it('a message that an operator moves back from the dead letters of loyalty tells subscribers nothing', () => {
  expect(lastMessages(trace, new Set([3]))).toEqual(new Map([['ABC', 'CANCELLED']]));
});

it('a message that tells another price or currency than its run was asked for is untrue', () => {
  const run = aTrip({ amount: '450.00', currency: 'USD', customer: 'alice' });
  const bookingReference = bookingReferenceOf(run.execution_id);
  const told = { bookingReference, bookingId: run.trip_id, customer: 'alice', price: 450, currency: 'USD' };
  const message = (fields: object) => [{ ...sent(1, 'CANCELLED'), body: JSON.stringify({ ...told, ...fields }) }];

  expect(untrueMessages(message({}), new Set(), [run])).toEqual([]);
  expect(untrueMessages(message({ price: 0, currency: '' }), new Set(), [run])).toEqual([
    `a message of booking ${run.trip_id} says price 0, its run 450`,
    `a message of booking ${run.trip_id} says currency , its run USD`,
  ]);
});
