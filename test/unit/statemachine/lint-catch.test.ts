import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

const [{ states }] = allLegs as readonly [LegRecord];
/** What is undone after the seat. */
const { states: older } = allLegs[allLegs.findIndex(({ name }) => name === flight.name) - 1] as LegRecord;

const set = (part: Mutable, fields: object): void => {
  Object.assign(part, fields);
};
/** Goes where the state's last Catch goes, under the same path, but for an error that the last one is for. */
const catchOnce = (state: Mutable): void =>
  state.Catch.unshift({ ...state.Catch.at(-1), ErrorEquals: ['States.Timeout'] });

describe('says which Catch is wrong', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      `Catch 1 of ${states.reserve} is for States.Timeout: it should be left out, since ${states.reserve} should catch States.ALL alone`,
      ({ States }) => catchOnce(States[states.reserve]),
    ],
    [
      `Catch 1 of ${states.cancel} is for States.Timeout: it should be left out, since ${states.cancel} should catch States.ALL alone`,
      ({ States }) => catchOnce(States[states.cancel]),
    ],
    [
      'Catch 1 of CancelBooking is for States.Timeout: it should be left out, since CancelBooking should catch States.ALL alone',
      ({ States }) => catchOnce(States.CancelBooking),
    ],
    [
      'Catch 1 of NotifyBookingFailed is for States.Timeout: it should be left out, since NotifyBookingFailed should catch States.ALL alone',
      ({ States }) => catchOnce(States.NotifyBookingFailed),
    ],
    [
      'ReserveBooking: of its Catch is missing one for BookingAlreadyExistsError alone, which goes to FinalOutcome',
      ({ States }) => States.ReserveBooking.Catch[1].ErrorEquals.push('InvalidSagaInputError'),
    ],
    [
      'Catch 2 of CloseBooking is for States.ALL: it should be left out, since CloseBooking should catch States.ALL alone',
      ({ States }) => States.CloseBooking.Catch.push(States.CloseBooking.Catch[0]),
    ],
    [
      'Catch 1 of RefundPayment is for States.TaskFailed: it should be for States.ALL alone',
      ({ States }) => set(States.RefundPayment.Catch[0], { ErrorEquals: ['States.TaskFailed'] }),
    ],
    [
      'Catch 1 of ReserveBooking is for BookingAlreadyExistsError: it should be for InvalidSagaInputError alone; Catch 2 of ReserveBooking is for InvalidSagaInputError: it should be for BookingAlreadyExistsError alone',
      ({ States }) =>
        States.ReserveBooking.Catch.splice(0, 2, States.ReserveBooking.Catch[1], States.ReserveBooking.Catch[0]),
    ],
    [
      `ReleaseSeat: of its Catch is missing one for DynamoDB.ConditionalCheckFailedException alone, which goes to ${older.cancel}`,
      ({ States }) => States.ReleaseSeat.Catch.shift(),
    ],
    [
      'ReserveBooking: of its Catch is missing one for States.ALL alone',
      ({ States }) => States.ReserveBooking.Catch.pop(),
    ],
    [
      'Next of Catch 1 of NotifyBookingConfirmed is We have made your booking!: it should be SendConfirmationToDeadLetterQueue',
      ({ States }) => set(States.NotifyBookingConfirmed.Catch[0], { Next: 'We have made your booking!' }),
    ],
    [
      'ResultPath of Catch 1 of NotifyBookingFailed is null: it should be "$.NotifyBookingFailedError"',
      ({ States }) => set(States.NotifyBookingFailed.Catch[0], { ResultPath: null }),
    ],
    [
      'ResultPath of Catch 1 of SendCancellationToDeadLetterQueue is "$.lost": it should be null',
      ({ States }) => set(States.SendCancellationToDeadLetterQueue.Catch[0], { ResultPath: '$.lost' }),
    ],
    [
      'Next of Catch 1 of SendConfirmationToDeadLetterQueue is CancelBooking: it should be We have made your booking!',
      ({ States }) => set(States.SendConfirmationToDeadLetterQueue.Catch[0], { Next: 'CancelBooking' }),
    ],
    [
      'ResultPath of Catch 1 of ReserveSeat is missing: it should be "$.ReserveSeatError"',
      ({ States }) => delete States.ReserveSeat.Catch[0].ResultPath,
    ],
    [
      'SendToDeadLetterQueue: has a Catch: it should have none, so that the execution fails and its event redrives it',
      ({ States }) => set(States.SendToDeadLetterQueue, { Catch: States.CloseBooking.Catch }),
    ],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });
});
