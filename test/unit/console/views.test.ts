import { describe, expect, it } from '@jest/globals';
import { failuresOf } from '../../../localstack/console/model/failures.ts';
import { paceOf, stopsOf } from '../../../localstack/console/model/replay.ts';
import { runModelOf } from '../../../localstack/console/model/run.ts';
import { timelineOf } from '../../../localstack/console/model/timeline.ts';
import { leastScroll, mostRows, scrollTo, windowOf } from '../../../localstack/console/model/window.ts';
import type { RunEvent } from '../../../localstack/console/model/wire.ts';
import { recorded } from './recorded.ts';

describe('what went wrong', () => {
  it('is told in the failure’s own words, not in those of the state that ends the run', () => {
    expect(failuresOf(runModelOf(recorded('failBookingConfirmation')))).toEqual([
      {
        state: 'ConfirmBooking',
        error: 'InjectedFaultError',
        cause: 'ConfirmBooking fails on purpose: run type failBookingConfirmation',
        caught: true,
      },
    ]);
    expect(failuresOf(runModelOf(recorded('success')))).toEqual([]);
  });

  it('is what the last state says where nothing else failed', () => {
    const events: RunEvent[] = [
      { id: 1, previous: 0, at: 0, type: 'FailStateEntered', state: 'Reject' },
      { id: 2, previous: 1, at: 0, type: 'ExecutionFailed', error: 'Wrong', cause: 'input' },
    ];

    expect(failuresOf(runModelOf(events))).toEqual([
      { state: 'Reject', error: 'Wrong', cause: 'input', caught: false },
    ]);
  });
});

describe('a replay', () => {
  const events = recorded('failBookingConfirmation');

  it('stops at each state, at each failure and at the end, and nowhere else', () => {
    const at = stopsOf(events).map((count) => events[count - 1]?.state ?? events[count - 1]?.type);

    expect(at.filter((name) => name === 'LambdaFunctionFailed')).toHaveLength(1);
    expect(at.at(-1)).toBe('ExecutionFailed');
    const models = stopsOf(events).map((count) => JSON.stringify(runModelOf(events.slice(0, count)).visits));
    expect(new Set(models).size).toBe(models.length);
  });

  it('keeps what was long or short within what can be watched', () => {
    const at = (...times: number[]): RunEvent[] => times.map((time, id) => ({ id, previous: 0, at: time, type: 'T' }));

    expect(paceOf(at(0, 1), 1, 2)).toBe(350);
    expect(paceOf(at(0, 800), 1, 2)).toBe(800);
    expect(paceOf(at(0, 60_000), 1, 2)).toBe(1_500);
  });
});

describe('the timeline', () => {
  it('puts each visit where it was, within the whole width', () => {
    const { rows, breaks, ticks } = timelineOf(runModelOf(recorded('success')), 0);

    for (const [at, { from, width }] of rows.entries()) {
      expect(from).toBeGreaterThanOrEqual(rows[at - 1]?.from ?? 0);
      expect(from + width).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(breaks).toEqual([]);
    expect(ticks[0]).toEqual({ at: 0, milliseconds: 0 });
  });

  it('draws a long wait between two attempts short, and says how much it left out', () => {
    const at = (id: number, time: number, type: string): RunEvent => ({ id, previous: id - 1, at: time, type });
    const events: RunEvent[] = [
      { ...at(1, 0, 'TaskStateEntered'), state: 'Pay' },
      at(2, 0, 'TaskScheduled'),
      { ...at(3, 1_000, 'TaskFailed'), error: 'Busy' },
      at(4, 61_000, 'TaskScheduled'),
      at(5, 62_000, 'TaskSucceeded'),
      { ...at(6, 62_000, 'TaskStateExited'), state: 'Pay' },
      at(7, 62_000, 'ExecutionSucceeded'),
    ];
    const { rows, breaks, ticks } = timelineOf(runModelOf(events), 0);

    expect(breaks).toEqual([{ at: expect.closeTo(0.5), skippedMs: 59_000 }]);
    expect(rows[0]).toMatchObject({ from: 0, width: 1, waited: 60_000 });
    expect(rows[0]?.pieces.map(({ kind, width }) => [kind, Math.round(width * 100)])).toEqual([
      ['wait', 33],
      ['failed', 33],
      ['succeeded', 33],
    ]);
    expect(ticks.map(({ milliseconds }) => milliseconds)).toEqual(
      [0, 750, 31_000, 61_250, 62_000].map((ms) => expect.closeTo(ms)),
    );
  });

  it('of a run that has taken no time yet is no division by nothing', () => {
    const { rows } = timelineOf(runModelOf([{ id: 1, previous: 0, at: 5, type: 'PassStateEntered', state: 'A' }]), 5);

    expect(rows).toMatchObject([{ from: 0, width: 0 }]);
  });
});

it('a list of any length has at most sixty rows in the page, those that are seen among them', () => {
  for (const scrolled of [0, 1, 5_000, 339_000, 10_000 * 34]) {
    const { from, to } = windowOf(10_000, 34, scrolled, 900);

    expect(to - from).toBeLessThanOrEqual(mostRows);
    expect(from).toBeLessThanOrEqual(Math.min(Math.floor(scrolled / 34), 10_000 - 1));
    expect(to).toBeGreaterThanOrEqual(Math.min(10_000, Math.floor((scrolled + 900) / 34)));
  }
  expect(windowOf(3, 34, 0, 900)).toEqual({ from: 0, to: 3 });
  expect([scrollTo(0, 10, 50, 100), scrollTo(7, 10, 50, 100), scrollTo(20, 10, 50, 100)]).toEqual([0, 50, 110]);
});

it('scrolls no further than it takes to see something, and to the start of what is longer than the sight', () => {
  expect([leastScroll(10, 20, 0, 100), leastScroll(-5, 20, 0, 100), leastScroll(90, 130, 0, 100)]).toEqual([0, -5, 30]);
  expect(leastScroll(40, 400, 0, 100)).toBe(40);
});
