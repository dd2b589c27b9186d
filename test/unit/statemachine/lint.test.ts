import { describe, expect, it } from '@jest/globals';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { lintSaga } from '../../../statemachine/tools/lint.ts';

// biome-ignore lint/suspicious/noExplicitAny: a mutation may leave something that is no state machine any more.
type Mutable = any;

/** Functions of ten seconds behind every state that is no service integration. */
const functionSeconds = (state: string): number | undefined =>
  readSaga().States[state]?.Resource?.startsWith('{{') === true ? 10 : undefined;

const problemsOf = (mutate: (machine: Mutable) => void): string[] => {
  const machine: Mutable = structuredClone(readSaga());
  mutate(machine);
  return lintSaga(machine, functionSeconds);
};

it('finds no problem in the saga', () => {
  expect(lintSaga(readSaga(), functionSeconds)).toEqual([]);
});

describe('finds in a copy of the saga', () => {
  it.each<[string, (machine: Mutable) => void, string]>([
    [
      'a Task without a time limit',
      ({ States }) => delete States.ReserveSeat.TimeoutSeconds,
      'ReserveSeat: has no TimeoutSeconds',
    ],
    [
      "a time limit that is not longer than the function's",
      ({ States }) => {
        States.TakePayment.TimeoutSeconds = 10;
      },
      "TakePayment: TimeoutSeconds 10 is not longer than its function's 10",
    ],
    ['a Task without retries', ({ States }) => delete States.RefundPayment.Retry, 'RefundPayment: has no Retry'],
    ['a Task without a way out', ({ States }) => delete States.ConfirmFlight.Catch, 'ConfirmFlight: has no Catch'],
    [
      'a last dead letter without retries',
      ({ States }) => delete States.SendToDeadLetterQueue.Retry,
      'SendToDeadLetterQueue: has no Retry',
    ],
    [
      'States.ALL beside another name in a Retry',
      ({ States }) => States.RefundPayment.Retry[0].ErrorEquals.push('Other'),
      'RefundPayment: States.ALL is not alone in a Retry',
    ],
    [
      'States.ALL beside another name in a Catch',
      ({ States }) => States.ReserveHotel.Catch[0].ErrorEquals.push('Other'),
      'ReserveHotel: States.ALL is not alone in a Catch',
    ],
    [
      'States.ALL before another Retry',
      ({ States }) => States.ReleaseSeat.Retry.reverse(),
      'ReleaseSeat: States.ALL is not the last Retry',
    ],
    [
      'States.ALL before another Catch',
      ({ States }) => States.ReleaseSeat.Catch.reverse(),
      'ReleaseSeat: States.ALL is not the last Catch',
    ],
    [
      'a Catch that would replace the whole state',
      ({ States }) => delete States.ReserveRental.Catch[0].ResultPath,
      'ReserveRental: a Catch has no ResultPath',
    ],
    [
      'an error without a catcher',
      ({ States }) => {
        States.ReserveRental.Catch[0].ErrorEquals = ['States.TaskFailed'];
      },
      'ReserveRental: its last Catch is not for States.ALL',
    ],
    [
      'waits without a cap',
      ({ States }) => delete States.ReserveBooking.Retry[1].MaxDelaySeconds,
      'ReserveBooking: a Retry has no MaxDelaySeconds',
    ],
    [
      'a state that does not exist',
      ({ States }) => {
        States.CloseBooking.Next = 'NotifyNobody';
      },
      'CloseBooking: goes to "NotifyNobody", which does not exist',
    ],
    [
      "a choice's state that does not exist",
      ({ States }) => {
        States.FinalOutcome.Default = 'Nowhere';
      },
      'FinalOutcome: goes to "Nowhere", which does not exist',
    ],
    [
      'a state that nothing leads to',
      ({ States }) => {
        States.Forgotten = { Type: 'Succeed' };
      },
      "Forgotten: can't be reached",
    ],
    [
      'a path that does not end',
      ({ States }) => delete States.SendToDeadLetterQueue.Next,
      'SendToDeadLetterQueue: neither goes on nor ends',
    ],
    [
      'no time limit of the machine',
      (machine) => delete machine.TimeoutSeconds,
      'TimeoutSeconds undefined does not exceed the longest run',
    ],
    [
      'a time limit of the machine that its longest run exceeds',
      (machine) => {
        machine.TimeoutSeconds = 300;
      },
      'TimeoutSeconds 300 does not exceed the longest run of ',
    ],
    [
      'a failure that skips the fence',
      ({ States }) => {
        States.TakePayment.Catch[0].Next = 'RefundPayment';
      },
      'TakePayment: its failure does not go to the fence',
    ],
    [
      'an error noted under a path that no state reads',
      ({ States }) => {
        States.TakePayment.Catch[0].ResultPath = '$.PaymentError';
      },
      'TakePayment: its error is not noted as $.TakePaymentError',
    ],
    [
      'a failure whose own layer is left: its outcome is unknown',
      ({ States }) => {
        States.PeelBack.Choices.find((rule: Mutable) => rule.Variable === '$.ReserveSeatError').Next =
          'CancelHotelReservation';
      },
      'ReserveSeat: its failure undoes [CancelHotelReservation] instead of [ReleaseSeat, CancelHotelReservation]',
    ],
    [
      'a failure that undoes a layer that it did not reach',
      ({ States }) => {
        States.PeelBack.Choices.find((rule: Mutable) => rule.Variable === '$.ReserveHotelError').Next = 'ReleaseSeat';
      },
      'ReserveHotel: its failure undoes [ReleaseSeat, CancelHotelReservation] instead of [CancelHotelReservation]',
    ],
    [
      'an opening of unknown outcome that leaves the layers of an earlier run of its name',
      ({ States }) => {
        const top = States.PeelBack.Choices.find((rule: Mutable) =>
          rule.Or?.some(({ Variable }: Mutable) => Variable === '$.ReserveBookingError'),
        );
        top.Or = top.Or.filter(({ Variable }: Mutable) => Variable !== '$.ReserveBookingError');
        States.PeelBack.Default = 'CancelHotelReservation';
      },
      'ReserveBooking: its failure undoes [CancelHotelReservation] instead of [RefundPayment, ',
    ],
    [
      'a refused run that goes to the fence',
      ({ States }) => {
        States.ReserveBooking.Catch[1].Next = 'CancelBooking';
      },
      'ReserveBooking: a run that is refused does not go straight to FinalOutcome',
    ],
    [
      'a layer that the way back leaves out',
      ({ States }) => {
        States.CancelRentalReservation.Next = 'ReleaseSeat';
        States.CancelRentalReservation.Catch[0].Next = 'ReleaseSeat';
      },
      'ReserveRental: its failure undoes [CancelRentalReservation, ReleaseSeat, CancelHotelReservation] instead of ',
    ],
    [
      'a layer that is skipped when a newer one fails',
      ({ States }) => {
        States.RefundPayment.Catch[0].Next = 'CancelFlightReservation';
      },
      'RefundPayment: when it fails the next layer is skipped',
    ],
  ])('%s', (_, mutate, problem) => {
    expect(problemsOf(mutate)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it('a loop', () => {
    expect(() =>
      problemsOf(({ States }) => {
        States.CloseBooking.Next = 'CancelBooking';
      }),
    ).toThrow(/The machine loops: .*CloseBooking → CancelBooking/);
  });
});
