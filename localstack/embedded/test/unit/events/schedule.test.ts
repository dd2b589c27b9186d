import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { compileSchedule, startSchedule } from '#embedded/events/schedule.ts';
import { systemPorts } from '#embedded/ports.ts';

const runsAfter = (expression: string, after: string, count: number) => {
  const next = compileSchedule(expression);
  const runs: string[] = [];
  let time: number | undefined = Date.parse(after);
  while (runs.length < count && time !== undefined) {
    time = next(time);
    if (time !== undefined) runs.push(new Date(time).toISOString().replace(':00.000Z', ''));
  }
  return runs;
};

describe('a schedule expression', () => {
  it.each([
    ['rate(1 minute)', '2025-01-31T23:59:30Z', ['2025-02-01T00:00:30.000Z']],
    ['rate(5 minutes)', '2025-01-01T00:00:00Z', ['2025-01-01T00:05', '2025-01-01T00:10']],
    ['rate(1 day)', '2025-01-01T00:00:00Z', ['2025-01-02T00:00']],
    ['cron(0/15 * * * ? *)', '2025-01-01T00:40:10Z', ['2025-01-01T00:45', '2025-01-01T01:00']],
    ['cron(0 10 * * ? *)', '2025-01-01T10:00:00Z', ['2025-01-02T10:00']],
    ['cron(15,45 8-9 ? * MON-FRI *)', '2025-01-03T09:15:00Z', ['2025-01-03T09:45', '2025-01-06T08:15']],
    ['cron(0 0 L * ? *)', '2024-02-01T00:00:00Z', ['2024-02-29T00:00', '2024-03-31T00:00']],
    ['cron(0 0 ? * 2#1 *)', '2025-01-01T00:00:00Z', ['2025-01-06T00:00', '2025-02-03T00:00']],
    ['cron(0 0 ? * L *)', '2025-01-01T00:00:00Z', ['2025-01-04T00:00', '2025-01-11T00:00']],
    ['cron(0 0 ? * 6L *)', '2025-01-01T00:00:00Z', ['2025-01-31T00:00', '2025-02-28T00:00']],
    [
      'cron(0 0 1 JAN,JUL ? 2025-2026)',
      '2025-02-01T00:00:00Z',
      ['2025-07-01T00:00', '2026-01-01T00:00', '2026-07-01T00:00'],
    ],
    ['cron(0 9 1W * ? *)', '2025-02-01T00:00:00Z', ['2025-02-03T09:00', '2025-03-03T09:00', '2025-04-01T09:00']],
    [
      'cron(5/20,0 22/1 ? * 7 2025)',
      '2025-01-01T00:00:00Z',
      ['2025-01-04T22:00', '2025-01-04T22:05', '2025-01-04T22:25'],
    ],
    [
      'cron(0 0 1/10 * ? *)',
      '2025-01-02T00:00:00Z',
      ['2025-01-11T00:00', '2025-01-21T00:00', '2025-01-31T00:00', '2025-02-01T00:00'],
    ],
    ['cron(0 0 29 2 ? *)', '2025-01-01T00:00:00Z', ['2028-02-29T00:00']],
  ])('%s after %s', (expression, after, expected) => {
    expect(runsAfter(expression, after, expected.length)).toEqual(expected);
  });

  it('may have no run left', () => {
    expect(runsAfter('cron(0 0 1 1 ? 2020)', '2025-01-01T00:00:00Z', 1)).toEqual([]);
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(1 week)',
    'every minute',
    'cron(0 10 * * *)',
    'cron(0 10 * * * *)',
    'cron(0 10 ? * ? *)',
    'cron(60 10 * * ? *)',
    'cron(0 10 32W * ? *)',
    'cron(0 10 ? * 8 *)',
    'cron(0 10 ? * 0 *)',
    'cron(@daily)',
    'cron(0 10 32 * ? *)',
    'cron(0 24 1 * ? *)',
    'cron(0 0 1 13 ? *)',
    'cron(5-60 0 1 1 ? *)',
    'cron(0 0 1 * ? 1969)',
    'cron(0 10 ? * FUN *)',
  ])('%s is refused', (expression) => {
    expect(() => compileSchedule(expression)).toThrow();
  });
});

describe('a running schedule', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs at its times, scaled, until it is stopped', () => {
    jest.useFakeTimers({ now: Date.parse('2025-01-01T00:00:00Z') });
    let runs = 0;
    const stop = startSchedule({
      ...systemPorts,
      next: compileSchedule('rate(1 hour)'),
      run: () => void runs++,
      scale: 0.01,
    });

    jest.advanceTimersByTime(35_999);
    expect(runs).toBe(0);
    jest.advanceTimersByTime(1);
    expect(runs).toBe(1);
    jest.advanceTimersByTime(36_000 * 9);
    expect(runs).toBe(10);
    stop();
    jest.advanceTimersByTime(36_000 * 9);
    expect(runs).toBe(10);
  });

  it('waits longer than a timer can', () => {
    jest.useFakeTimers({ now: Date.parse('2025-01-01T00:00:00Z') });
    let runs = 0;
    const stop = startSchedule({
      ...systemPorts,
      next: compileSchedule('rate(60 days)'),
      run: () => void runs++,
      scale: 1,
    });

    jest.advanceTimersByTime(59 * 86_400_000);
    expect(runs).toBe(0);
    jest.advanceTimersByTime(86_400_000);
    expect(runs).toBe(1);
    stop();
  });
});
