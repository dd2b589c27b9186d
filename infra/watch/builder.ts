import { type BuildContext, context } from 'esbuild';
import { withBuildLock } from '../build-lock.ts';
import { bundleFunctions, bundlesOf, esbuildOptions, type Variant, writeBundle } from '../bundling/bundle.ts';
import type { SagaFunctionDefinition } from '../functions/definition.ts';
import { sagaFunctions } from '../saga-functions.ts';
import { createKept } from './kept.ts';

/** So many functions are built one by one, each quick the second time; more are quicker all at once. */
const ONE_BY_ONE = 3;
/** Each keeps its parsed files in esbuild's memory. */
const KEPT = 6;

const definitionsOf = (names: readonly string[]): readonly SagaFunctionDefinition[] =>
  sagaFunctions.filter(({ name }) => names.includes(name));

export function createBuilder(variant: Variant, maps: boolean) {
  const contextOf = createKept<BuildContext>(
    KEPT,
    (name) => context({ ...esbuildOptions(variant, { definitions: definitionsOf([name]), maps }), logLevel: 'silent' }),
    (oldest) => oldest.dispose(),
  );

  async function buildOne(definition: SagaFunctionDefinition) {
    const { outputFiles = [] } = await (await contextOf(definition.name)).rebuild();
    return bundlesOf(outputFiles, [definition]);
  }

  async function buildAll(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const definitions = definitionsOf(names);
    const bundles =
      definitions.length > ONE_BY_ONE
        ? await bundleFunctions(variant, { definitions, maps })
        : (await Promise.all(definitions.map(buildOne))).flat();
    return new Map(bundles.map((bundle) => [bundle.definition.name, writeBundle(variant, bundle)]));
  }

  /** @returns the zip of each function, built once no other process builds. @throws esbuild's BuildFailure */
  return (names: readonly string[]) => withBuildLock(() => buildAll(names));
}
