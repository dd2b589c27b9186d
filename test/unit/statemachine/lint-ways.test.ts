import { describe, expect, it } from '@jest/globals';
import { type Mutable, problemsOf } from './leg-problems.ts';

describe('says where a state outside of the forward and the backward order should go on', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      'Next of CancelBooking is RefundPayment: it should be PeelBack',
      ({ States }) => {
        States.CancelBooking.Next = 'RefundPayment';
      },
    ],
    [
      'Next of NotifyBookingConfirmed is FinalOutcome: it should be We have made your booking!',
      ({ States }) => {
        States.NotifyBookingConfirmed.Next = 'FinalOutcome';
      },
    ],
    [
      'Next of CloseBooking is missing: it should be NotifyBookingFailed',
      ({ States }) => delete States.CloseBooking.Next,
    ],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });
});
