import { StatesError } from './errors.ts';
import { exceedsQuota, type Json, MAX_DATA_BYTES, textOf } from './json.ts';

/** Most bytes that JSON text takes for one character: an escaped control character, `\u001f`, inside a text that is quoted once more. */
const BYTES_PER_CHARACTER = 7;

/** Holds state data to the quota; keeps an upper bound, since only near the quota is measuring worth its price. */
export class DataLimit {
  #bound = 0;

  /** Data with this text, or so much of raw text, has come in. */
  grow(characters: number): void {
    this.#bound += characters * BYTES_PER_CHARACTER;
  }

  /** Throws where `data`, the output of `stateName`, is too large. AWS lets nothing catch that. */
  assertFits(data: Json, stateName: string): void {
    if (this.#bound <= MAX_DATA_BYTES) return;
    const text = textOf(data);
    if (exceedsQuota(text)) throw dataLimitExceeded(stateName, { terminal: true });
    this.#bound = 0;
    this.grow(text.length);
  }
}

/** A Task's own result that is too large can be caught, even by States.ALL: so do executions recorded on AWS. */
export function dataLimitExceeded(task: string, options: { readonly terminal?: boolean } = {}): StatesError {
  const cause = `The state/task '${task}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new StatesError('States.DataLimitExceeded', cause, options);
}
