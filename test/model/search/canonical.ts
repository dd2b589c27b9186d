import { dropLateWrite, lateWrite } from '#test/model/state/late-writes.ts';
import { byteOf, cancelRunsAt, lateWriteCount, lateWritesAt, type State } from '#test/model/state/layout.ts';
import { isSpent } from './spent-writes.ts';

/** States that differ only in the order of late writes or cancel runs, or in a write that changes nothing, are one. */
export function makeCanonical(state: State, dropsSpentWrites: boolean): void {
  if (dropsSpentWrites) dropSpent(state);
  sortLateWrites(state);
  const isSorted = cancelRun(state, cancelRunsAt) >= cancelRun(state, cancelRunsAt + 3);
  if (!isSorted) for (let at = cancelRunsAt; at < cancelRunsAt + 3; at++) swap(state, at, at + 3);
}

/** The empty slots last. */
export function sortLateWrites(state: State): void {
  for (let end = lateWriteCount - 1; end > 0; end--) {
    for (let at = lateWritesAt; at < lateWritesAt + end; at++) {
      if (byteOf(state, at) < byteOf(state, at + 1)) swap(state, at, at + 1);
    }
  }
}

function dropSpent(state: State): void {
  for (let slot = 0; slot < lateWriteCount; slot++) {
    const write = lateWrite(state, slot);
    if (write !== undefined && isSpent(state, write)) dropLateWrite(state, slot);
  }
}

const cancelRun = (state: State, at: number): number =>
  (byteOf(state, at) << 16) | (byteOf(state, at + 1) << 8) | byteOf(state, at + 2);

function swap(state: State, one: number, other: number): void {
  const kept = byteOf(state, one);
  state[one] = byteOf(state, other);
  state[other] = kept;
}
