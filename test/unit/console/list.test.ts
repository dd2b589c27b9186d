import { describe, expect, it } from '@jest/globals';
import { countsOf, filteredRows, mergedRows, relatedRuns } from '../../../localstack/console/model/run-list.ts';
import { runLook } from '../../../localstack/console/model/status.ts';
import type { RunRow } from '../../../localstack/console/model/wire.ts';
import { duration } from '../../../localstack/console/model/words.ts';

const row = (name: string, rest: Partial<RunRow> = {}): RunRow => ({
  name,
  status: 'RUNNING',
  startedAt: 0,
  endedAt: undefined,
  trip: undefined,
  customer: undefined,
  runType: undefined,
  kind: 'book',
  error: undefined,
  transitions: 0,
  ...rest,
});

describe('the list of runs', () => {
  it('takes news in their place, newest first, and keeps a thousand', () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => row(`r${at}`, { startedAt: 1_000 - at }));

    const merged = mergedRows(rows, [
      row('new', { startedAt: 2_000 }),
      row('r1', { startedAt: 999, status: 'FAILED' }),
    ]);

    expect(merged).toHaveLength(1_000);
    expect(merged.slice(0, 3).map(({ name, status }) => [name, status])).toEqual([
      ['new', 'RUNNING'],
      ['r0', 'RUNNING'],
      ['r1', 'FAILED'],
    ]);
  });

  it('is filtered by status, run type and any of its words', () => {
    const rows = [
      row('a.1', { trip: 'Alpha', status: 'FAILED', runType: 'failPayment', error: 'BookingFailed' }),
      row('b.1', { trip: 'Beta', customer: 'alice' }),
    ];
    const names = (filter: { status?: string; runType?: string; text?: string }) =>
      filteredRows(rows, { status: '', runType: '', text: '', ...filter }).map(({ name }) => name);

    expect(names({})).toEqual(['a.1', 'b.1']);
    expect(names({ status: 'FAILED' })).toEqual(['a.1']);
    expect(names({ runType: 'failPayment' })).toEqual(['a.1']);
    expect(['ALICE', 'bookingfailed', ' beta ', '1', 'nobody'].map((text) => names({ text }))).toEqual([
      ['b.1'],
      ['a.1'],
      ['b.1'],
      ['a.1', 'b.1'],
      [],
    ]);
    expect(countsOf(['x', 'y', undefined, 'y'])).toEqual([
      ['y', 2],
      ['x', 1],
    ]);
  });

  it('knows the runs about the same booking', () => {
    const rows = ['t.1', 't.1.cancel', 't.1.rr-1', 't.10', 't.2'].map((name) => row(name));

    expect(relatedRuns(rows, 't.1.cancel').map(({ name }) => name)).toEqual(['t.1', 't.1.rr-1']);
  });

  it('shows a status that is newer than it as it is', () => {
    expect(runLook('PENDING_REDRIVE').word).toBe('PENDING_REDRIVE');
    expect(runLook('constructor').word).toBe('constructor');
  });
});

it('tells durations as people do', () => {
  expect([0, 999, 4_200, 59_940, 125_000, 7_440_000].map(duration)).toEqual([
    '0 ms',
    '999 ms',
    '4.20 s',
    '59.9 s',
    '2 min 5 s',
    '2 h 4 min',
  ]);
});
