import { expect, it } from '@jest/globals';
import { scenarioOf } from '#test/model/scenarios.ts';
import { describeState } from '#test/model/state/describe-state.ts';
import { explore } from './search.ts';

it('given a rule is out, when its violation is found, then the trace is a shortest way there, readable', () => {
  const { violation } = explore(scenarioOf('one', 'small'), { takenOut: ['tombstone'] });

  expect(violation?.broken).toBe('a late ReserveBooking opens E1, which was undone already');
  expect(violation?.steps.map(({ what }) => what)).toEqual([
    'booking run E1 starts',
    'booking run E1: ReserveBooking times out, is still in flight and is given up',
    'booking run E1: CancelBooking is done',
    'late ReserveBooking of E1 lands',
  ]);
  expect(describeState(violation?.steps.at(-1)?.after ?? new Uint8Array())).toBe(
    'T1 header UNCONFIRMED(E1) unfinished | hotel none | payment none | money - | seats 1 free | told -',
  );
});

it('given a violation that shows only at rest, when it is traced, then the reconciler is the last at work', () => {
  const { violation } = explore(scenarioOf('one', 'small'), { takenOut: ['redriveTells'] });

  expect(violation?.broken).toBe('the reconciler never comes to an end');
  expect(violation?.steps.at(-2)?.what).toBe('the reconciler starts a redrive of E1');
  expect(violation?.steps.at(-1)?.what).toBe('redrive of E1: CancelBooking finds its booking CANCELLED');
});
