import type { RunTypeChoice } from './wire.ts';

export interface BookChoices {
  readonly success: RunTypeChoice | undefined;
  /** One for each state that can be made to fail: the first name where it has several. */
  readonly failing: readonly RunTypeChoice[];
}

export function choicesOf(runTypes: readonly RunTypeChoice[]): BookChoices {
  const byState = new Map<string, RunTypeChoice>();
  for (const choice of runTypes) {
    if (choice.fails !== undefined && !byState.has(choice.fails)) byState.set(choice.fails, choice);
  }
  return { success: runTypes.find(({ fails }) => fails === undefined), failing: [...byState.values()] };
}
