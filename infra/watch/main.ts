/**
 * Starts `build-saved.ts`, which says what the arguments and messages are. Where the sources that it loads are broken it tells how, by `failed`, and by `again` it asks
 * for another process once something is saved.
 */
import { parseFailure } from '../parse-failure.ts';
import { projectRoot } from '../paths.ts';
import { tellParent } from './tell-parent.ts';
import { watchedFolders, watchFolders } from './watch-folders.ts';

const [since = String(performance.timeOrigin), ...left] = process.argv.slice(2);
/** What is saved from here on may be read too late to be loaded. */
const loadedAt = Date.now();

try {
  await import('./build-saved.ts');
} catch (error) {
  // Ctrl-C reaches all of a terminal's processes: the parent ends first, in its own way.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  tellParent({ type: 'failed', text: parseFailure(error) ?? (error as Error).stack });
  let hasAsked = false;
  const ask = (): void => {
    if (!hasAsked) tellParent({ type: 'again', next: [since, ...left] });
    hasAsked = true;
  };
  watchFolders(projectRoot, watchedFolders, ask, loadedAt);
}
