import { type BuildContext, context } from 'esbuild';
import { withBuildLock } from '../build-lock.ts';
import { bundleFunctions, bundlesOf, esbuildOptions, type Variant, writeBundle } from '../bundling/bundle.ts';
import type { SagaFunctionDefinition } from '../functions/definition.ts';
import { sagaFunctions } from '../saga-functions.ts';

/** So many functions are built one by one, each quick the second time; more are quicker all at once. */
const ONE_BY_ONE = 3;
/** Each keeps its parsed files in esbuild's memory. */
const KEPT = 6;

export function createBuilder(variant: Variant, maps: boolean) {
  const contexts = new Map<string, BuildContext>();

  async function contextOf(definition: SagaFunctionDefinition): Promise<BuildContext> {
    const { name } = definition;
    const known =
      contexts.get(name) ??
      (await context({ ...esbuildOptions(variant, { definitions: [definition], maps }), logLevel: 'silent' }));
    contexts.delete(name);
    contexts.set(name, known);
    const [oldest] = contexts;
    if (contexts.size > KEPT && oldest !== undefined) {
      contexts.delete(oldest[0]);
      await oldest[1].dispose();
    }
    return known;
  }

  async function buildOne(definition: SagaFunctionDefinition) {
    const { outputFiles = [] } = await (await contextOf(definition)).rebuild();
    return bundlesOf(outputFiles, [definition]);
  }

  async function buildAll(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const definitions = sagaFunctions.filter(({ name }) => names.includes(name));
    const bundles =
      definitions.length > ONE_BY_ONE
        ? await bundleFunctions(variant, { definitions, maps })
        : (await Promise.all(definitions.map(buildOne))).flat();
    return new Map(bundles.map((bundle) => [bundle.definition.name, writeBundle(variant, bundle)]));
  }

  /** @returns the zip of each function, built once no other process builds. @throws esbuild's BuildFailure */
  return (names: readonly string[]) => withBuildLock(() => buildAll(names));
}
