import { type State, stateBytes } from './layout.ts';

const scratch = new Uint8Array(stateBytes);

/** A copy to change and emit; there is one for all, so it is emitted before the next is asked for. */
export function branchOf(state: State): State {
  scratch.set(state);
  return scratch;
}
