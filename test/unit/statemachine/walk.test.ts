import { describe, expect, it } from '@jest/globals';
import { booked, cancelRunPath, forwardPath, undonePath } from '#test/support/saga-paths.ts';
import { readSaga, type StateMachine } from '../../../statemachine/tools/asl.ts';
import { holds } from '../../../statemachine/tools/choice.ts';
import { transitionsOf, walkMachine } from '../../../statemachine/tools/walk.ts';

const input = { trip_id: 't', execution_id: 't.r', started_at: 'now', outbound_flight_id: 'f' };
const answers = { CancelBooking: { fenced: true } };
const saga = readSaga();

describe("a walk through the saga's machine", () => {
  it('goes forward to its end', () => {
    const walk = walkMachine(saga, { input });

    expect(walk.entered).toEqual([...forwardPath, 'NotifyBookingConfirmed', booked]);
    expect(transitionsOf(walk)).toBe(walk.entered.length);
  });

  it.each(forwardPath.slice(2))('peels back from %s', (state) => {
    const walk = walkMachine(saga, { input, answers, fails: { [state]: 'InjectedFaultError' } });

    expect(walk.entered).toEqual(undonePath(state));
    expect(walk.end.Error).toBe('BookingFailed');
  });

  it('undoes everything for a customer', () => {
    const walk = walkMachine(saga, { input: { ...input, action: 'cancel' }, answers });

    expect(walk.entered).toEqual(cancelRunPath);
  });

  it('counts each retry of a step and of a compensation', () => {
    const fails = { ReserveHotel: 'Lambda.ServiceException', CancelHotelReservation: 'States.Timeout' };

    const walk = walkMachine(saga, { input, answers, fails });

    expect([...walk.retries]).toEqual([
      ['ReserveHotel', 3],
      ['CancelHotelReservation', 3],
    ]);
    expect(walk.entered.slice(-2)).toEqual(['SendToDeadLetterQueue', 'CompensationIncomplete']);
    expect(transitionsOf(walk)).toBe(walk.entered.length + 6);
  });

  it('ends at once for an input that is none', () => {
    expect(walkMachine(saga, { input: {} }).entered).toEqual(['RouteAction', 'RejectInput']);
    expect(walkMachine(saga, { input: { ...input, action: 'pay' } }).entered).toEqual(['RouteAction', 'RejectInput']);
  });
});

describe('a walk', () => {
  it('refuses a machine that goes in circles, and a failure that nothing catches', () => {
    const circle: StateMachine = { StartAt: 'A', States: { A: { Type: 'Task', Next: 'A' } } };
    const bare: StateMachine = { StartAt: 'A', States: { A: { Type: 'Task', Next: 'B' }, B: { Type: 'Succeed' } } };

    expect(() => walkMachine(circle, { input: {} })).toThrow('goes in circles: A → A');
    expect(() => walkMachine(bare, { input: {}, fails: { A: 'Oops' } })).toThrow('A fails with Oops');
  });
});

describe('a choice', () => {
  const data = { state: { name: 'a', fence: { fenced: false } }, context: { Execution: { Name: 'a' } } };

  it.each([
    [{ Variable: '$.name', IsPresent: true }, true],
    [{ Variable: '$.fence.other', IsPresent: true }, false],
    [{ Variable: '$.fence', IsString: true }, false],
    [{ Variable: '$.fence.fenced', BooleanEquals: false }, true],
    [{ Variable: '$$.Execution.Name', StringEqualsPath: '$.name' }, true],
    [{ Not: { Variable: '$.name', StringEquals: 'a' } }, false],
    [
      {
        And: [
          { Variable: '$.name', IsPresent: true },
          { Variable: '$.name', StringEquals: 'b' },
        ],
      },
      false,
    ],
    [
      {
        Or: [
          { Variable: '$.none', IsPresent: true },
          { Variable: '$.name', StringEquals: 'a' },
        ],
      },
      true,
    ],
  ])('%j holds: %s', (test, expected) => expect(holds(test, data)).toBe(expected));

  it('refuses tests and paths that it does not know', () => {
    expect(() => holds({ Variable: '$.name', NumericEquals: 1 } as object, data)).toThrow('not known here');
    expect(() => holds({ Variable: '$.a[0]', IsPresent: true }, data)).toThrow('$.a[0]');
  });
});
