/** Builds and synthesizes the stack of `STAGE` only where its sources changed since; what `npm start` and the tests run first. */
import { isStale } from './stale.ts';

try {
  if (isStale()) {
    console.log('Building functions and synthesizing the stack …');
    const started = performance.now();
    const { readLegFiles } = await import('./leg-files.ts');
    const { problems } = await readLegFiles();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    // Imported only now: CDKTF takes longer to load than the whole local cloud to start.
    const { synthesize } = await import('./synth.ts');
    await synthesize(process.env, { ifStale: true });
    console.log(`Done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  console.error(`Synth failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
