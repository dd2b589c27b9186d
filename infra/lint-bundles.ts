import { weigh } from './bundling/budget.ts';
import { bundleFunctions } from './bundling/bundle.ts';

// With fault injection, which weighs more than without.
const bundles = await bundleFunctions('faults');
const { report, tooHeavy } = weigh(
  bundles.map(({ definition: { name, role }, gzippedBytes }) => ({ name, role, gzippedBytes })),
);
console.log(report);
if (tooHeavy.length > 0) {
  console.error(`Too heavy, gzipped: ${tooHeavy.join(', ')}. See what a bundle holds with esbuild's metafile.`);
  process.exitCode = 1;
}
