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
    [
      "a time limit that leaves more than the margin after the function's",
      ({ States }) => {
        States.TakePayment.TimeoutSeconds = 16;
      },
      "TakePayment: TimeoutSeconds 16 should be 15: its function's 10 and 5 more",
    ],
    [
      'a time limit that the other legs have',
      ({ States }) => {
        States.ReserveHotel.TimeoutSeconds = 60;
      },
      "ReserveHotel: TimeoutSeconds 60 should be 15: its function's 10 and 5 more",
    ],
    [
      'another time limit for a service than for a function',
      ({ States }) => {
        States.ReserveSeat.TimeoutSeconds = 16;
      },
      'ReserveSeat: TimeoutSeconds 16 should be 15, as in every state that calls a service',
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
      'TimeoutSeconds is missing: it has to exceed the longest run of ',
    ],
    [
      'a time limit of the machine that its longest run exceeds',
      (machine) => {
        machine.TimeoutSeconds = 300;
      },
      'TimeoutSeconds 300 does not exceed the longest run of ',
    ],
    [
      'a loop',
      ({ States }) => {
        States.CloseBooking.Next = 'CancelBooking';
      },
      'CloseBooking → CancelBooking: every path has to end',
    ],
    [
      'a result that replaces the input of the run',
      ({ States }) => {
        States.RefundPayment.ResultPath = '$';
      },
      'RefundPayment: its ResultPath is "$": it should be null',
    ],
    [
      'a fence whose answer is dropped',
      ({ States }) => delete States.CancelBooking.ResultPath,
      'CancelBooking: has no ResultPath: it should be "$.fence"',
    ],
    [
      'a field that changes what the function gets',
      ({ States }) => {
        States.ConfirmRental.Parameters = {};
      },
      'ConfirmRental: has Parameters: it should have Type, Resource, TimeoutSeconds, ResultPath, Retry, Catch, Next and a Comment alone',
    ],
  ])('%s', (_, mutate, problem) => {
    expect(problemsOf(mutate)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
