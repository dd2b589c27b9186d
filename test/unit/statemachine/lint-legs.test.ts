import { describe, expect, it } from '@jest/globals';
import { flight } from '#functions/flight/leg.ts';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

const place = allLegs.findIndex(({ name }) => name === flight.name);
/** The legs around the flight's: the neighbours that the list decides. */
const { states: before } = allLegs[place - 1] as LegRecord;
const { states: after } = allLegs[place + 1] as LegRecord;

const [{ states: first }] = allLegs as readonly [LegRecord];

const unchanged = (): void => undefined;

it('finds no problem in the saga', () => {
  expect(problemsOf(unchanged)).toEqual([]);
});

describe('names the missing part of a leg, and its place', () => {
  it('its three states', () => {
    expect(problemsOf(unchanged, { legs: [...allLegs, cruise] })).toEqual([
      'statemachine/booking-saga.asl.json: has no state ReserveCruise, which functions/cruise/leg.ts names to reserve the cruise',
      'statemachine/booking-saga.asl.json: has no state ConfirmCruise, which functions/cruise/leg.ts names to confirm the cruise',
      'statemachine/booking-saga.asl.json: has no state CancelCruise, which functions/cruise/leg.ts names to cancel the cruise',
    ]);
  });

  it.each<[string, (machine: Mutable) => void, string]>([
    [
      'a leg behind a state',
      ({ States }) => {
        States.ReserveCruise = { ...States.ReserveRental, Resource: '{{ReserveCruiseFunctionArn}}' };
      },
      'ReserveCruise: nothing makes a function for {{ReserveCruiseFunctionArn}}: no leg in functions/legs.ts names the state ReserveCruise',
    ],
    [
      "a state's own function",
      ({ States }) => {
        States.ConfirmRental.Resource = '{{ReserveRentalFunctionArn}}';
      },
      'ConfirmRental: its Resource is "{{ReserveRentalFunctionArn}}" instead of its function\'s "{{ConfirmRentalFunctionArn}}"',
    ],
    [
      'an entry of PeelBack',
      ({ States }) => {
        States.PeelBack.Choices = States.PeelBack.Choices.filter(
          ({ Variable }: Mutable) => Variable !== '$.ReserveRentalError',
        );
      },
      'PeelBack: has no choice for $.ReserveRentalError, so nothing says what a failed ReserveRental undoes',
    ],
    [
      'an entry of PeelBack that its default would hide',
      ({ States }) => {
        for (const rule of States.PeelBack.Choices) {
          rule.Or = rule.Or?.filter(({ Variable }: Mutable) => Variable !== '$.ConfirmFlightError');
        }
      },
      'PeelBack: has no choice for $.ConfirmFlightError, so nothing says what a failed ConfirmFlight undoes',
    ],
    [
      'a reservation on the way forward',
      ({ States }) => {
        States.ReserveFlight.Next = 'TakePayment';
      },
      `Next of ReserveFlight is TakePayment: by the order of functions/legs.ts it should be ${after.reserve}`,
    ],
    [
      'a confirmation on the way forward',
      ({ States }) => {
        States.ConfirmFlight.Next = 'ConfirmBooking';
      },
      `Next of ConfirmFlight is ConfirmBooking: by the order of functions/legs.ts it should be ${after.confirm}`,
    ],
    [
      'a layer on the way back',
      ({ States }) => {
        States[after.cancel].Next = 'ReleaseSeat';
      },
      `Next of ${after.cancel} is ReleaseSeat: in reverse of functions/legs.ts it should be CancelFlightReservation`,
    ],
    [
      'a layer on the way back after one that failed',
      ({ States }) => {
        States.ReleaseSeat.Catch[0].Next = 'CompensationOutcome';
      },
      `Next of Catch 1 of ReleaseSeat is CompensationOutcome: in reverse of functions/legs.ts it should be ${before.cancel}`,
    ],
    [
      'the first layer that a failed reservation undoes',
      ({ States }) => {
        const choice = States.PeelBack.Choices.find(({ Variable }: Mutable) => Variable === '$.ReserveRentalError');
        choice.Next = 'CancelFlightReservation';
      },
      'PeelBack leads from $.ReserveRentalError to CancelFlightReservation: it should be CancelRentalReservation',
    ],
    [
      'the first layer that a failed confirmation undoes',
      ({ States }) => {
        const [choice] = States.PeelBack.Choices.filter(({ Or }: Mutable) => Or?.length > 4);
        choice.Or = choice.Or.filter(({ Variable }: Mutable) => Variable !== '$.ConfirmFlightError');
        States.PeelBack.Choices.push({
          Variable: '$.ConfirmFlightError',
          IsPresent: true,
          Next: 'CancelFlightReservation',
        });
      },
      'PeelBack leads from $.ConfirmFlightError to CancelFlightReservation: it should be RefundPayment',
    ],
    [
      "a failed step's way to the fence",
      ({ States }) => {
        States.ConfirmRental.Catch.unshift({ ErrorEquals: ['Any'], ResultPath: null, Next: 'FinalOutcome' });
      },
      'Next of Catch 1 of ConfirmRental is FinalOutcome: it should be CancelBooking; ResultPath of Catch 1 of ConfirmRental is null: it should be "$.ConfirmRentalError"',
    ],
    [
      'the way of a run that is refused, and must not undo another one',
      ({ States }) => {
        States.ReserveBooking.Catch[1].Next = 'CancelBooking';
      },
      'Next of Catch 2 of ReserveBooking is CancelBooking: it should be FinalOutcome',
    ],
    [
      'the note of a layer that can not be undone',
      ({ States }) => {
        States.CancelRentalReservation.Catch[0].ResultPath = '$.failedLayers.CancelFlightReservation';
      },
      'ResultPath of Catch 1 of CancelRentalReservation is "$.failedLayers.CancelFlightReservation": it should be "$.failedLayers.CancelRentalReservation"',
    ],
    [
      'the question for the fence',
      ({ States }) => States.PeelBack.Choices.splice(2, 1),
      'PeelBack: choice 3 should be that of a run without the fence: {"Variable":"$.fence.fenced","BooleanEquals":false,"Next":"FinalOutcome"}',
    ],
    [
      'the order of the choices, newest layer first',
      ({ States }) => {
        const { Choices } = States.PeelBack;
        const at = Choices.findIndex(({ Variable }: Mutable) => Variable === '$.ReserveFlightError');
        Choices.splice(at, 2, Choices[at + 1], Choices[at]);
      },
      'PeelBack: its choice for $.ReserveSeatError stands before that for $.ReserveFlightError: the newest layer should come first, in reverse of functions/legs.ts',
    ],
    [
      'the choice of the newest layer before all others',
      ({ States }) => {
        const { Choices } = States.PeelBack;
        const at = Choices.findIndex(({ Or }: Mutable) => Or !== undefined);
        Choices.push(...Choices.splice(at, 1));
      },
      `PeelBack: its choice for $.${first.reserve}Error stands before that for $.ConfirmBookingError: the newest layer should come first, in reverse of functions/legs.ts`,
    ],
    [
      'the default of what was reached',
      ({ States }) => {
        States.PeelBack.Default = 'CancelHotelReservation';
      },
      'PeelBack: its Default is CancelHotelReservation: it should be RefundPayment',
    ],
    [
      'an error that the others retry',
      ({ States }) => States.ReserveRental.Retry[1].ErrorEquals.pop(),
      'ErrorEquals of Retry 2 of ReserveRental lacks InternalServerError: statemachine/tools/tries.ts says what is tried again',
    ],
    [
      'an error that every step retries',
      ({ States }) => States.TakePayment.Retry.at(-1).ErrorEquals.pop(),
      'ErrorEquals of Retry 2 of TakePayment lacks InternalServerError: statemachine/tools/tries.ts says what is tried again',
    ],
  ])('%s', (_, mutate, problem) => {
    expect(problemsOf(mutate)).toContain(`statemachine/booking-saga.asl.json: ${problem}`);
  });
});

it('compares no states with records that are wrong', () => {
  const second = { ...cruise, itemType: 'Hotel' };
  expect(problemsOf(unchanged, { legs: [...allLegs, second] })).toEqual([
    'functions/hotel/leg.ts and functions/cruise/leg.ts both have the itemType Hotel: give one of them another',
  ]);
});
