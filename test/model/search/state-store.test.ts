import { expect, it } from '@jest/globals';
import { type State, stateBytes } from '#test/model/state/layout.ts';
import { StateStore } from './state-store.ts';

const numbered = (value: number): State => {
  const state = new Uint8Array(stateBytes);
  new DataView(state.buffer).setUint32(stateBytes - 4, value);
  return state;
};

it('given more states than a page and the first table hold, when they come again, then each is known and read as it was', () => {
  const store = new StateStore();
  const count = 200_000;
  let added = 0;
  for (let value = 0; value < count; value++) added += store.add(numbered(value), value - 1) ? 1 : 0;

  expect([added, store.size]).toEqual([count, count]);
  for (const value of [0, 65_535, 65_536, 131_072, count - 1]) {
    expect(store.add(numbered(value), 7)).toBe(false);
    const state = new Uint8Array(stateBytes);
    store.read(value, state);
    expect(state).toEqual(numbered(value));
    expect(store.parentOf(value)).toBe(value - 1);
  }
});
