import type { Swap } from '../swap.ts';

export interface Told {
  readonly text: string;
  readonly failed: boolean;
}

/** A file that many functions share is one line of the terminal. */
const mostNames = 3;

const inShort = (names: readonly string[]): string =>
  names.length > mostNames + 1
    ? `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more functions`
    : names.join(', ');

/** @param differences addresses by what became of them */
const namesOf = (
  differences: readonly (readonly [what: string, addresses: readonly string[]])[],
  isMeant: (address: string) => boolean,
): string[] =>
  differences.flatMap(([what, addresses]) => {
    const meant = addresses.filter(isMeant);
    return meant.length === 0 ? [] : [`${what} ${meant.join(', ')}`];
  });

/** What a swap came to, a line each. @param keeps whether the data outlive a restart */
export function describeSwap(
  swap: Swap,
  placeOf: (stack: readonly string[]) => string | undefined,
  keeps: boolean,
): Told[] {
  const { added, changed, removed, functions, failures, restart } = swap;
  const told: Told[] = [];
  if (functions.length > 0) told.push({ text: `swapped in ${inShort(functions)}`, failed: false });
  const differences = Object.entries({ added, changed, removed });
  const inPlace = namesOf(differences, (address) => !restart.includes(address));
  // Without --data nothing of them is taken.
  if (restart.length === 0 || keeps) told.push(...inPlace.map((text) => ({ text, failed: false })));
  for (const { functionName, zip, reason, stack } of failures) {
    told.push({
      text: `${functionName} keeps its old code, since the new one cannot be loaded: ${reason}  ${placeOf(stack) ?? zip}`,
      failed: true,
    });
  }
  if (restart.length > 0) {
    const what = namesOf(differences, (address) => restart.includes(address)).join('; ');
    const waits = inPlace.length > 0 ? ' All else that changed waits for it.' : '';
    const consequence = keeps
      ? 'the local cloud restarts, and --data keeps its data.'
      : `press Ctrl-C and start again. Without --data that empties tables and queues.${waits}`;
    told.push({ text: `${what}, which takes a restart: ${consequence}`, failed: !keeps });
  }
  return told;
}
