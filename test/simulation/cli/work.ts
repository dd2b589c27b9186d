/** A worker process: its share of every class, each plan with the others' in turn. */
import { type Patch, patchModules } from '../mends/patch.ts';

/** What a worker is told. */
export interface Share {
  readonly classes: readonly string[];
  /** This one of so many workers. */
  readonly worker: number;
  readonly workers: number;
  /** Each so many-th plan of a class alone. */
  readonly every: number;
  readonly patches: readonly Patch[];
}

process.once('message', (share: Share) => void begin(share).then(() => process.exit()));

async function begin(share: Share): Promise<void> {
  // Nobody reads them.
  Error.stackTraceLimit = 0;
  patchModules(share.patches);
  const { work } = await import('./share.ts');
  await work(share);
}
