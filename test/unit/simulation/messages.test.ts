import { expect, it } from '@jest/globals';
import { lastMessages } from '#test/simulation/invariants/messages.ts';
import { arnOf, queues } from '#test/simulation/world/stack.ts';

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
