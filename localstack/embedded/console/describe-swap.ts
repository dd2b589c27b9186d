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

/** What a swap came to, a line each. @param keeps whether the data outlive a restart */
export function describeSwap(
  swap: Swap,
  placeOf: (stack: readonly string[]) => string | undefined,
  keeps: boolean,
): Told[] {
  const { added, changed, removed, functions, failures, restart } = swap;
  const told: Told[] = [];
  const tell = (what: string, addresses: readonly string[]): void => {
    if (addresses.length > 0) told.push({ text: `${what} ${addresses.join(', ')}`, failed: false });
  };
  if (functions.length > 0) told.push({ text: `swapped in ${inShort(functions)}`, failed: false });
  tell('added', added);
  tell('changed', changed);
  tell('removed', removed);
  for (const { functionName, zip, reason, stack } of failures) {
    told.push({
      text: `${functionName} keeps its old code, since the new one cannot be loaded: ${reason}  ${placeOf(stack) ?? zip}`,
      failed: true,
    });
  }
  if (restart.length > 0) {
    const consequence = keeps
      ? 'The local cloud restarts; --data keeps its data.'
      : 'Nothing was swapped. Press Ctrl-C and start again to take the change; without --data the restart empties tables and queues.';
    told.push({ text: `${restart.join(', ')} cannot change while the cloud runs. ${consequence}`, failed: !keeps });
  }
  return told;
}
