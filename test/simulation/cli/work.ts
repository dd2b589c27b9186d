/** A worker process: its share of every class, each plan with the others' in turn. */
import { patchModules } from '../mends/patch.ts';
import type { Share } from './contract.ts';

process.once('message', (share: Share) => void begin(share).then(() => process.exit()));

async function begin(share: Share): Promise<void> {
  // They are not read.
  Error.stackTraceLimit = 0;
  patchModules(share.patches);
  const { work } = await import('./share.ts');
  await work(share);
}
