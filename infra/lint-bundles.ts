/** `npm run lint:bundles` */
import { weigh } from './bundling/budget.ts';
import { bundleFunctions, type Variant } from './bundling/bundle.ts';
import { runCommand } from './operations/run-command.ts';

// With fault injection, which weighs more than without; and with each payment provider.
const variants = ['faults', 'faults-stripe'] satisfies Variant[];

const usage = `npm run lint:bundles    the weight of each bundle, gzipped, beside its budget

  --help   this text`;

await runCommand('lint:bundles', usage, {}, async () => {
  for (const variant of variants) {
    const bundles = await bundleFunctions(variant);
    const { report, tooHeavy } = weigh(
      bundles.map(({ definition: { name, role }, gzippedBytes }) => ({ name, role, gzippedBytes })),
      { stripe: variant.endsWith('-stripe') },
    );
    console.log(`${variant}\n${report}\n`);
    if (tooHeavy.length > 0) {
      console.error(`Too heavy, gzipped: ${tooHeavy.join(', ')}. See what a bundle holds with esbuild's metafile.`);
      process.exitCode = 1;
    }
  }
});
