import { describe, expect, it } from '@jest/globals';
import { legs } from '#functions/legs.ts';
import { injectedFault } from '#functions/shared/saga/fault-injection.ts';
import { failingStateByRunType, runTypes } from '#functions/trip/run-types.ts';
import { readSaga } from '../../../../statemachine/tools/asl.ts';

const states = Object.keys(readSaga().States);
const cancelStates = ['RefundPayment', ...legs.map(({ states: own }) => own.cancel)];
const never = { defaultCancelFailureRate: 0, random: () => 0 };

const failingStates = (input: Parameters<typeof injectedFault>[1], options: Parameters<typeof injectedFault>[2]) =>
  states.filter((state) => injectedFault(state, input, options) !== undefined);

describe('injected faults', () => {
  it.each(runTypes.filter((runType) => runType !== 'success'))('of %s hit exactly one state', (runType) => {
    expect(failingStates({ run_type: runType }, never)).toEqual([failingStateByRunType[runType]]);
  });

  it('say state and run type', () => {
    expect(injectedFault('TakePayment', { run_type: 'failPayment' }, never)).toBe(
      'TakePayment fails on purpose: run type failPayment',
    );
  });

  it.each([{ run_type: 'success' }, { run_type: 'unknown' }, { run_type: 'toString' }, {}])(
    'do not touch any state of %j, at any cancel rate of the stage',
    (input) => {
      expect(failingStates(input, { ...never, defaultCancelFailureRate: 1 })).toEqual([]);
    },
  );

  it('hit the cancels alone at the cancel rate', () => {
    const failing = failingStates({ run_type: 'failPayment', cancel_failure_rate: 1 }, never);
    expect(failing.sort()).toEqual([...cancelStates, 'TakePayment'].sort());
  });

  it.each([{}, { run_type: 'success' }])('hit the cancels of %j where it asks for it, a customer’s too', (input) => {
    const asked = { ...input, cancel_failure_rate: 1 };
    expect(failingStates({ ...asked, cause: 'customer' }, never).sort()).toEqual([...cancelStates].sort());
    expect(failingStates({ ...asked, cause: 'redrive' }, never)).toEqual([]);
  });

  it.each(cancelStates)('hit %s with the probability that the input asks for', (state) => {
    const fails = (random: number) =>
      injectedFault(state, { run_type: 'failPayment', cancel_failure_rate: 0.4 }, { ...never, random: () => random });
    expect(fails(0.399)).toMatch(/probability 0.4/);
    expect(fails(0.4)).toBeUndefined();
  });

  it("hit the cancels with the stage's probability where the input does not say", () => {
    const fails = (random: number) =>
      injectedFault(
        'RefundPayment',
        { run_type: 'failPayment' },
        { defaultCancelFailureRate: 0.4, random: () => random },
      );
    expect(fails(0.399)).toBeDefined();
    expect(fails(0.4)).toBeUndefined();
  });

  it('do not hit the cancels of an input with rate 0, at any rate of the stage', () => {
    const input = { run_type: 'failPayment', cancel_failure_rate: 0 };
    expect(failingStates(input, { defaultCancelFailureRate: 1, random: () => 0 })).toEqual(['TakePayment']);
  });

  it.each(['customer', 'redrive'])('spare every state of a redrive with cause %s', (cause) => {
    for (const run_type of ['failPayment', 'failNotification']) {
      expect(failingStates({ run_type, cancel_failure_rate: 1, cause, redrive_count: 1 }, never)).toEqual([]);
    }
  });

  it('spare the cancels of a redrive, but not those of a customer', () => {
    const input = { run_type: 'failPayment', cancel_failure_rate: 1 };
    expect(injectedFault('RefundPayment', { ...input, cause: 'redrive' }, never)).toBeUndefined();
    expect(injectedFault('RefundPayment', { ...input, cause: 'customer' }, never)).toBeDefined();
  });
});
