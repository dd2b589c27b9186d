import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createTurns, type Turn, type Turns } from '#embedded/lambda/turns.ts';

describe('environments that take turns', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** One that wants to begin a job; `begun` tells whether it may have. */
  function wanting(turns: Turns): { readonly turn: Turn; readonly begun: () => Promise<boolean> } {
    const turn = turns.join();
    let begun = false;
    const allowed = turn.begin();
    if (allowed === undefined) begun = true;
    else void allowed.then(() => (begun = true));
    return {
      turn,
      begun: async () => {
        await Promise.resolve();
        return begun;
      },
    };
  }

  it('begin at once as long as few run', async () => {
    const turns = createTurns(2);
    const [first, second, third] = [wanting(turns), wanting(turns), wanting(turns)];

    expect([await first.begun(), await second.begun(), await third.begun()]).toEqual([true, true, false]);
    expect([first.turn.waiting, third.turn.waiting]).toEqual([false, true]);
  });

  it('begin in the order in which they came', async () => {
    const turns = createTurns(1);
    const [first, second, third] = [wanting(turns), wanting(turns), wanting(turns)];

    first.turn.end(false);

    expect([await second.begun(), await third.begun()]).toEqual([true, false]);
    expect(second.turn.waiting).toBe(false);
    second.turn.end(false);
    expect(await third.begun()).toBe(true);
  });

  it('keep their turn for their next jobs, for a while', async () => {
    const turns = createTurns(1);
    const [first, second] = [wanting(turns), wanting(turns)];

    jest.advanceTimersByTime(30);
    first.turn.end(true);
    expect(first.turn.begin()).toBeUndefined();
    expect(await second.begun()).toBe(false);

    jest.advanceTimersByTime(40);
    first.turn.end(true);
    expect(await second.begun()).toBe(true);
    expect(first.turn.begin()).toBeInstanceOf(Promise);
  });

  it('keep their turn as long as nobody waits', () => {
    const turns = createTurns(1);
    const { turn } = wanting(turns);

    jest.advanceTimersByTime(40);
    turn.end(true);
    expect(turn.begin()).toBeUndefined();
    jest.advanceTimersByTime(40);
    turn.end(true);
    expect(turn.begin()).toBeUndefined();
  });

  it('pass it on during a job that waits for something else, once', async () => {
    const turns = createTurns(1);
    const [first, second, third] = [wanting(turns), wanting(turns), wanting(turns)];

    jest.advanceTimersByTime(50);
    expect([await second.begun(), await third.begun()]).toEqual([true, false]);

    first.turn.end(false);
    expect(await third.begun()).toBe(false);
    second.turn.end(false);
    expect(await third.begun()).toBe(true);
  });

  it('give back a turn that nobody waits for', () => {
    const turns = createTurns(1);
    const { turn } = wanting(turns);
    turn.end(false);

    expect(turns.join().begin()).toBeUndefined();
    expect(turns.join().begin()).toBeInstanceOf(Promise);
  });
});
