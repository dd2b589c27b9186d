import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

const [{ states }] = allLegs as readonly [LegRecord];
const { confirm } = states;

const set = (part: Mutable, fields: object): void => {
  Object.assign(part, fields);
};
/** A retrier that would decide before those that are meant to. */
const never = { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 };

describe('says which retrier of a state differs from what its call needs, and in what', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      'ErrorEquals of Retry 2 of TakePayment lacks InternalServerError',
      ({ States }) => States.TakePayment.Retry[1].ErrorEquals.pop(),
    ],
    [
      `ErrorEquals of Retry 2 of ${confirm} lacks States.Timeout`,
      ({ States }) => States[confirm].Retry[1].ErrorEquals.splice(7, 1),
    ],
    [
      'ErrorEquals of Retry 2 of ReserveSeat lacks DynamoDB.ThrottlingException',
      ({ States }) => States.ReserveSeat.Retry[1].ErrorEquals.splice(1, 1),
    ],
    [
      'ErrorEquals of Retry 1 of TakePayment lacks PaymentDeclinedError',
      ({ States }) => States.TakePayment.Retry[0].ErrorEquals.splice(3, 1),
    ],
    [
      'ErrorEquals of Retry 2 of ReserveSeat has States.Permissions, which it should not have',
      ({ States }) => States.ReserveSeat.Retry[1].ErrorEquals.push('States.Permissions'),
    ],
    [
      'ErrorEquals of Retry 1 of RefundPayment lacks States.ALL; ErrorEquals of Retry 1 of RefundPayment has States.Timeout, which it should not have',
      ({ States }) => set(States.RefundPayment.Retry[0], { ErrorEquals: ['States.Timeout'] }),
    ],
    [
      'ErrorEquals of Retry 1 of CloseBooking is in another order than elsewhere: it should be BookingNotFencedError, ReservationsRemainError',
      ({ States }) => States.CloseBooking.Retry[0].ErrorEquals.reverse(),
    ],
    [
      'ErrorEquals of Retry 1 of CloseBooking has BookingNotFencedError twice',
      ({ States }) => States.CloseBooking.Retry[0].ErrorEquals.push('BookingNotFencedError'),
    ],
    [
      'MaxAttempts of Retry 1 of CancelBooking is 2: it should be 3',
      ({ States }) => set(States.CancelBooking.Retry[0], { MaxAttempts: 2 }),
    ],
    [
      'MaxDelaySeconds of Retry 2 of NotifyBookingFailed is missing: it should be 10',
      ({ States }) => delete States.NotifyBookingFailed.Retry[1].MaxDelaySeconds,
    ],
    [
      'JitterStrategy of Retry 1 of SendToDeadLetterQueue is "NONE": it should be "FULL"',
      ({ States }) => set(States.SendToDeadLetterQueue.Retry[0], { JitterStrategy: 'NONE' }),
    ],
    [
      'Retry 1 of ReserveSeat waits, although it has no attempts: it should have no IntervalSeconds',
      ({ States }) => set(States.ReserveSeat.Retry[0], { IntervalSeconds: 1 }),
    ],
    [
      'Retry of CancelBooking has 2 retriers: it should have 1, for States.ALL',
      ({ States }) => States.CancelBooking.Retry.unshift(never),
    ],
    [
      'Retry of ReserveSeat has 3 retriers: it should have 2, for DynamoDB.ConditionalCheckFailedException; DynamoDB.ProvisionedThroughputExceededException and 9 others',
      ({ States }) => States.ReserveSeat.Retry.unshift(never),
    ],
    [
      'Retry of ReleaseSeat has 1 retrier: it should have 2, for DynamoDB.ConditionalCheckFailedException; States.ALL',
      ({ States }) => States.ReleaseSeat.Retry.shift(),
    ],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([
      `statemachine/booking-saga.asl.json: ${problem}: statemachine/tools/tries.ts says what is tried again`,
    ]);
  });
});
