import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Modules that are text, as the bundler makes them: GraphQL's schema. */
export function loadTextModules(): void {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.graphql')) return nextLoad(url, context);
      const text = readFileSync(new URL(url), 'utf8');
      return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)}` };
    },
  });
}
