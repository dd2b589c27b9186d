import { expect, it, jest } from '@jest/globals';
import DataLoader from 'dataloader';

const seen = DataLoader as unknown as { files?: number };
let evaluations = 0;

/** What each of two files of a worker finds; each leaves something behind for the other to trip over. */
export function findsItsWorld(): void {
  it('finds modules of its own, the worker’s packages, and nothing that another file left', () => {
    const { workerState } = globalThis as unknown as { workerState(): { files?: number } };
    const state = workerState();
    evaluations += 1;
    expect(evaluations).toBe(1);
    expect(seen.files).toBe(state.files);
    expect(process.env.LEFT_BY_A_FILE).toBeUndefined();
    expect(jest.isMockFunction(Math.random)).toBe(false);
    expect(Date.now()).toBeGreaterThan(1);

    state.files = (state.files ?? 0) + 1;
    seen.files = state.files;
    process.env.LEFT_BY_A_FILE = 'yes';
    jest.spyOn(Math, 'random').mockReturnValue(0);
    jest.useFakeTimers({ now: 1 });
    expect(state.files).toBeLessThanOrEqual(2);
  });
}
