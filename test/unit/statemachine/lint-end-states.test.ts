import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { endStatesFile, lintEndStates, type RecordedEnds } from '#test/support/lint-end-states.ts';
import { forwardPath } from '#test/support/saga-paths.ts';

const recorded = JSON.parse(readFileSync(endStatesFile, 'utf8')) as RecordedEnds;
const said = 'UPDATE_END_STATES=1 npm run test:e2e -- end-states records it';

describe('the recorded end states', () => {
  it('are those of the run types and of the paths', () => {
    expect(lintEndStates(recorded, failingStateByRunType)).toEqual([]);
  });

  it('lack a run type', () => {
    const { failRental, ...others } = recorded;
    expect(failRental).toBeDefined();
    expect(lintEndStates(others, failingStateByRunType)).toEqual([
      `test/e2e/end-states.json: has no end state of run type failRental: ${said}`,
    ]);
  });

  it('have the end of another run type', () => {
    const afterRental = forwardPath[forwardPath.indexOf('ReserveRental') + 1];
    const { success } = recorded;
    expect(lintEndStates({ ...recorded, failRental: success as never }, failingStateByRunType)).toEqual([
      `test/e2e/end-states.json: failRental has ${afterRental} where its run enters CancelBooking: ${said}`,
    ]);
  });

  it('have a state too many', () => {
    const success = { states: [...(recorded.success?.states ?? []), 'FinalOutcome'] };
    expect(lintEndStates({ ...recorded, success }, failingStateByRunType)).toEqual([
      `test/e2e/end-states.json: success has FinalOutcome where its run enters nothing: ${said}`,
    ]);
  });

  it('have a run type that is none', () => {
    expect(lintEndStates({ ...recorded, failBus: { states: [] } }, failingStateByRunType)).toEqual([
      `test/e2e/end-states.json: has failBus, which is no run type: ${said}`,
    ]);
  });
});
