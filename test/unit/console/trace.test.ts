import { describe, expect, it } from '@jest/globals';
import { runModelOf } from '../../../localstack/console/model/run.ts';
import { isTraceName, runsOfTrace } from '../../../localstack/console/model/trace.ts';

const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:booking:trip.run1';
const ofState = (state: string, stateType = 'Task') => ({ executionArn, state, stateType });

const observations = [
  { type: 'itemChanged', table: 'bookings' },
  { type: 'executionChanged', executionArn, status: 'RUNNING' },
  { type: 'stateEntered', ...ofState('Reserve'), input: { trip_id: 'trip', customer: 'ann', run_type: 'success' } },
  { type: 'stateRetried', ...ofState('Reserve'), error: 'States.Timeout' },
  { type: 'stateExited', ...ofState('Reserve'), next: 'Pay' },
  { type: 'stateEntered', ...ofState('Pay') },
  { type: 'stateExited', ...ofState('Pay'), caught: 'ReplyLost', next: 'Undo' },
  { type: 'stateEntered', ...ofState('Undo', 'Fail') },
  { type: 'executionChanged', executionArn, status: 'FAILED' },
].map((one, at) => ({ ...one, id: at + 1, at: 1_000 + at }));

const text = (...plans: readonly (readonly object[])[]): string =>
  plans.flatMap((plan) => plan.map((one) => `${JSON.stringify(one)}\n`)).join('');

describe('a recorded trace', () => {
  it('is shown as the run that it recorded: states, attempts, errors and ending', () => {
    const [[name, run] = []] = runsOfTrace(text(observations));
    const { visits, ending } = runModelOf(run?.events ?? []);

    expect(name).toBe('trace:trip.run1');
    expect(visits.map(({ state, status, attempts, error }) => [state, status, attempts.length, error])).toEqual([
      ['Reserve', 'done', 2, undefined],
      ['Pay', 'caught', 1, 'ReplyLost'],
      ['Undo', 'failed', 0, undefined],
    ]);
    expect(ending?.type).toBe('ExecutionFailed');
    expect(run?.details).toMatchObject({
      run: { status: 'FAILED', trip: 'trip', customer: 'ann', startedAt: 1_001, endedAt: 1_008, transitions: 3 },
      actions: [],
    });
  });

  it('of several plans has the runs of each', () => {
    expect([...runsOfTrace(text(observations, observations)).keys()]).toEqual(['trace:trip.run1', 'trace:2:trip.run1']);
  });

  it('has names that no execution has', () => {
    expect(['trace:trip.run1', 'trip.run1'].map(isTraceName)).toEqual([true, false]);
  });

  it.each([
    ['not JSON', /^Line 1 /],
    [`${JSON.stringify(observations[0])}\n{"type":"stateEntered"}`, /^Line 2 /],
    ['null', /^Line 1 /],
    ['', /no run in this file/],
    [JSON.stringify(observations[0]), /no run in this file/],
  ])('is told apart from %j', (file, message) => {
    expect(() => runsOfTrace(file)).toThrow(message);
  });
});
