import { describe, expect, it } from '@jest/globals';
import { type Mutable, problemsOf } from './leg-problems.ts';

const asks = { Variable: '$.foo', IsPresent: true };
const cancels = '{"And":[{"Variable":"$.action","IsPresent":true},{"Variable":"$.action","StringEquals":"cancel"}]';

describe('says which choice of the saga is wrong', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      'RouteAction: choice 4 should be that of a cancel run: {"And":[{"Variable":"$.action","IsPresent":true},{"Variable":"$.action","StringEquals":"cancel"}],"Next":"CancelBooking"}',
      ({ States }) => {
        States.RouteAction.Choices[3].Next = 'ReserveBooking';
      },
    ],
    [
      'RouteAction: choice 3 should be that of what an earlier run noted: {"Variable":"$.failedLayers","IsPresent":true,"Next":"RejectInput"}',
      ({ States }) => States.RouteAction.Choices.splice(2, 1),
    ],
    [
      'RouteAction: choice 7 should be left out: it should have 6 choices',
      ({ States }) => States.RouteAction.Choices.push({ ...asks, Next: 'RejectInput' }),
    ],
    [
      'CompensationOutcome: choice 1 should be that of a layer that could not be undone: {"Variable":"$.failedLayers","IsPresent":true,"Next":"SendToDeadLetterQueue"}',
      ({ States }) => {
        States.CompensationOutcome.Choices[0].IsPresent = false;
      },
    ],
    [
      `FinalOutcome: choice 1 should be that of a cancel run: ${cancels},"Next":"We have cancelled your booking"}`,
      ({ States }) => States.FinalOutcome.Choices.unshift({ ...asks, Next: 'RejectInput' }),
    ],
    [
      'CompensationOutcome: its Default is SendToDeadLetterQueue: it should be CloseBooking',
      ({ States }) => {
        States.CompensationOutcome.Default = 'SendToDeadLetterQueue';
      },
    ],
    [
      'RouteAction: its Type is Fail: it should be Choice',
      ({ States }) => {
        States.RouteAction = { Type: 'Fail', Error: 'x', Cause: 'y' };
      },
    ],
    ['has no state CancelBooking', ({ States }) => delete States.CancelBooking],
    ['has no state FinalOutcome', ({ States }) => delete States.FinalOutcome],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });
});
