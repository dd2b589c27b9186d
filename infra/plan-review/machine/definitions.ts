import type { Change, Reading } from '../reading/change.ts';
import { type TextPair, textsOf } from '../symbols.ts';

/** Definition of the state machine before and after; neither for other resources. */
export function definitionsOf(change: Change, reading: Reading): TextPair {
  if (change.type !== 'aws_sfn_state_machine') return { before: undefined, after: undefined, isSymbolic: false };
  return textsOf(change, 'definition', reading);
}
