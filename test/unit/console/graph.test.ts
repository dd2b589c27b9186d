import { describe, expect, it } from '@jest/globals';
import { edgeViews, neighbour, roundedPath, stateViews } from '../../../localstack/console/model/graph.ts';
import type { Layout } from '../../../localstack/console/model/layout.ts';
import { runModelOf } from '../../../localstack/console/model/run.ts';
import { recorded } from './recorded.ts';

describe('the graph', () => {
  const state = (name: string, x: number, y: number, undoes = false) => ({
    name,
    type: 'Task',
    comment: undefined,
    undoes,
    x,
    y,
  });
  const layout: Layout = {
    startAt: 'ConfirmRental',
    width: 600,
    height: 400,
    states: [
      state('ConfirmRental', 0, 0),
      state('ConfirmBooking', 0, 100),
      state('CancelBooking', 300, 100, true),
      state('PeelBack', 300, 0, true),
    ],
    edges: [
      {
        from: 'ConfirmRental',
        to: 'ConfirmBooking',
        kind: 'next',
        points: [
          [0, 0],
          [0, 100],
        ],
      },
      {
        from: 'ConfirmRental',
        to: 'CancelBooking',
        kind: 'catch',
        points: [
          [0, 0],
          [300, 100],
        ],
      },
      {
        from: 'ConfirmBooking',
        to: 'CancelBooking',
        kind: 'catch',
        points: [
          [0, 100],
          [300, 100],
        ],
      },
      {
        from: 'CancelBooking',
        to: 'PeelBack',
        kind: 'next',
        points: [
          [300, 100],
          [300, 0],
        ],
      },
    ],
  };
  const model = runModelOf(recorded('failBookingConfirmation'));

  it('tells each state’s status in a word, a compensation’s by another', () => {
    expect(stateViews(layout, model, 0).map(({ place, look }) => [place.name, look?.word, look?.icon])).toEqual([
      ['ConfirmRental', 'Done', 'check'],
      ['ConfirmBooking', 'Failed, caught', 'catch'],
      ['CancelBooking', 'Undid it', 'undo'],
      ['PeelBack', 'Done', 'check'],
    ]);
    expect(stateViews(layout, runModelOf([]), 0).map(({ look }) => look)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('counts attempts in words that fit into a state’s box', () => {
    const entered = { id: 1, previous: 0, at: 0, type: 'TaskStateEntered', state: 'ConfirmRental' };
    const of = (types: readonly string[]) =>
      runModelOf([entered, ...types.map((type, at) => ({ id: at + 2, previous: at + 1, at, type }))]);
    const wordsAfter = (...types: string[]) => stateViews(layout, of(types), 0)[0]?.words;
    const failure = ['TaskScheduled', 'TaskFailed'];

    expect(wordsAfter('TaskScheduled')).toBe('Running · 0 ms');
    expect(wordsAfter(...failure)).toBe('Attempt 1 failed, waits');
    expect(wordsAfter(...failure, ...failure, 'TaskStateExited')).toBe('Failed 2 times, caught');
    expect(wordsAfter(...failure, 'TaskScheduled', 'TaskSucceeded', 'TaskStateExited')).toBe('Done · 2 attempts');
  });

  it('draws the way that was gone over all others', () => {
    expect(edgeViews(layout, model).map(({ place: { from, to }, passed }) => [from, to, passed])).toEqual([
      ['ConfirmRental', 'CancelBooking', undefined],
      ['ConfirmRental', 'ConfirmBooking', 'forward'],
      ['ConfirmBooking', 'CancelBooking', 'failure'],
      ['CancelBooking', 'PeelBack', 'undo'],
    ]);
  });

  it('shows a run that was started to undo on the way of the undo, not of a failure', () => {
    const choice = { from: 'RouteAction', to: 'CancelBooking', kind: 'choice' as const, points: [] };
    const visited = ['RouteAction', 'CancelBooking'].map((state, at) => ({
      id: at + 1,
      previous: at,
      at,
      type: 'PassStateEntered',
      state,
    }));

    expect(edgeViews({ ...layout, edges: [choice] }, runModelOf(visited))).toMatchObject([{ passed: 'undo' }]);
  });

  it('is gone through by the arrow keys', () => {
    expect(neighbour(layout, 'ConfirmRental', 'down')).toBe('ConfirmBooking');
    expect(neighbour(layout, 'ConfirmBooking', 'right')).toBe('CancelBooking');
    expect(neighbour(layout, 'CancelBooking', 'up')).toBe('PeelBack');
    expect(neighbour(layout, 'PeelBack', 'up')).toBe('PeelBack');
  });

  it('rounds the corners of its lines', () => {
    expect(
      roundedPath([
        [0, 0],
        [0, 20],
        [30, 20],
      ]),
    ).toBe('M0 0L0 13Q0 20 7 20L30 20');
    expect(roundedPath([])).toBe('');
  });
});
