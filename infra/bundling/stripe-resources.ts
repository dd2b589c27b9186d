import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the gateway calls of Stripe's API. */
const used = new Set(['PaymentIntents.js', 'Refunds.js']);
const optional =
  /[\\/]node_modules[\\/]stripe[\\/]esm[\\/](resources[\\/].*|Webhooks|StripeEventNotificationHandler)\.js$/;

/**
 * Stripe's client makes an object of each of its two hundred resources, so that no bundler can leave one out. Those that the
 * service does not call, and webhooks, become functions that do nothing: 14 kB gzipped a bundle.
 */
export const stripeResources: Plugin = {
  name: 'stripe-resources',
  setup(build) {
    build.onLoad({ filter: optional }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      if (used.has(basename(path))) return { contents, loader: 'js' };
      const names = [...contents.matchAll(/^export (?:class|const|function) (\w+)/gm)].map(([, name]) => name);
      return { contents: names.map((name) => `export function ${name}() {}`).join('\n'), loader: 'js' };
    });
  },
};
