import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { functionsOf } from '#infra/saga-functions.ts';
import type { Handler, Handlers } from '#test/simulation/world/functions.ts';

/** The schema is a text that bundles have inside. */
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.graphql')
      ? {
          format: 'module',
          source: `export default ${JSON.stringify(readFileSync(new URL(url), 'utf8'))}`,
          shortCircuit: true,
        }
      : next(url, context),
});

/** Those of the simulator, with the routes that its plans do not call. */
export async function allHandlers(handlers: Handlers): Promise<Handlers> {
  const all = new Map<string, Handler>(handlers);
  for (const { name, room } of functionsOf({ demoRoutes: true })) {
    if (all.has(name)) continue;
    all.set(name, (await import(`../../../functions/${room}/${name}.ts`)).handler as Handler);
  }
  return all;
}
