import { describe, expect, it } from '@jest/globals';
import type { StateMachine } from '../../../statemachine/tools/asl.ts';
import { longestRunSeconds, longestTaskSeconds } from '../../../statemachine/tools/longest-run.ts';

const end = { Type: 'Succeed' } as const;

describe('the longest time of a Task', () => {
  it('is its time limit without retries', () => {
    expect(longestTaskSeconds({ Type: 'Task', TimeoutSeconds: 15 })).toBe(15);
  });

  it('adds each retry with its wait, doubling up to the cap', () => {
    const retry = {
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxAttempts: 5,
      MaxDelaySeconds: 6,
    };
    // Waits of 1, 2, 4, 6 and 6 seconds between six attempts of 10.
    expect(longestTaskSeconds({ Type: 'Task', TimeoutSeconds: 10, Retry: [retry] })).toBe(19 + 60);
  });

  it('adds the retries of all retriers: each counts its own attempts', () => {
    const retry = { IntervalSeconds: 2, BackoffRate: 1, MaxAttempts: 1, MaxDelaySeconds: 10 };
    const Retry = [
      { ErrorEquals: ['Never'], MaxAttempts: 0 },
      { ...retry, ErrorEquals: ['A'] },
      { ...retry, ErrorEquals: ['B'] },
    ];
    expect(longestTaskSeconds({ Type: 'Task', TimeoutSeconds: 10, Retry })).toBe(10 + 12 + 12);
  });

  it("takes Step Functions' defaults: three attempts, one second, twice as long each time", () => {
    expect(longestTaskSeconds({ Type: 'Task', TimeoutSeconds: 10, Retry: [{ ErrorEquals: ['A'] }] })).toBe(40 + 7);
  });

  it('is endless without a time limit', () => {
    expect(longestTaskSeconds({ Type: 'Task' })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the longest run', () => {
  const task = (TimeoutSeconds: number, Next: string, caughtBy?: string) => ({
    Type: 'Task' as const,
    TimeoutSeconds,
    Next,
    ...(caughtBy === undefined ? {} : { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: caughtBy }] }),
  });

  it('goes along the longest path: choices and caught errors included, choices for free', () => {
    const machine: StateMachine = {
      StartAt: 'Route',
      States: {
        Route: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'Short' }], Default: 'A' },
        Short: task(1, 'End'),
        A: task(10, 'B', 'UndoA'),
        B: task(20, 'End', 'UndoB'),
        UndoB: task(40, 'UndoA'),
        UndoA: task(80, 'End'),
        End: end,
      },
    };
    expect(longestRunSeconds(machine)).toBe(10 + 20 + 40 + 80);
  });

  it('can not be computed for a machine that loops', () => {
    const machine: StateMachine = { StartAt: 'A', States: { A: task(1, 'B'), B: task(1, 'A') } };
    expect(() => longestRunSeconds(machine)).toThrow('The machine loops: A → B → A');
  });

  it('can not be computed for a machine that leads to an unknown state', () => {
    expect(() => longestRunSeconds({ StartAt: 'A', States: { A: task(1, 'B') } })).toThrow('no state "B"');
  });
});
