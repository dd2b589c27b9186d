import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bundlesOf, esbuildOptions, gzippedBytesOf, zipFileOf } from '#infra/bundling/bundle.ts';
import type { SagaFunctionDefinition } from '#infra/functions/definition.ts';
import { distFolder } from '#infra/paths.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';

const definitions: readonly SagaFunctionDefinition[] = sagaFunctions.filter(({ name }) => name === 'health');

/** As esbuild gives it. */
function output(name: string, text: string) {
  return { path: join(distFolder, name), contents: new TextEncoder().encode(text), hash: '', text };
}

describe('the bundles of what esbuild made', () => {
  it('given an output and its map, when they are taken, then the map is beside the bundle and weighs nothing', () => {
    const files = [output('health.mjs.map', '{}'), output('other.mjs', 'x'), output('health.mjs', 'export {};')];
    const [bundle, ...others] = bundlesOf(files, definitions);

    expect(others).toEqual([]);
    expect(bundle?.definition.name).toBe('health');
    expect(Object.keys(bundle?.files ?? {})).toEqual(['index.mjs']);
    expect(Buffer.from(bundle?.map ?? []).toString()).toBe('{}');
    expect(bundle?.gzippedBytes).toBe(gzippedBytesOf({ 'index.mjs': Buffer.from('export {};') }));
  });

  it('given no map, when an output is taken, then the bundle has none', () => {
    expect(bundlesOf([output('health.mjs', '')], definitions)[0]?.map).toBeUndefined();
  });

  it('given an import of a vendor file that was not built here, when an output is taken, then the bundle has no such file', () => {
    const [bundle] = bundlesOf([output('health.mjs', 'import "./vendor/unknown-ABC.mjs";')], definitions);

    expect(Object.keys(bundle?.files ?? {})).toEqual(['index.mjs']);
  });

  it('given no output of a function, when it is looked for, then its source is named', () => {
    expect(() => bundlesOf([output('other.mjs', '')], definitions)).toThrow(
      'esbuild made no bundle of functions/api/health.ts',
    );
    expect(() => bundlesOf([])).toThrow(/^esbuild made no bundle of /);
  });

  it('given a bundle that requires a module, when it is taken, then it is refused with what to do', () => {
    const files = [output('health.mjs', `throw Error('Dynamic require of "fs" is not supported')`)];

    expect(() => bundlesOf(files, definitions)).toThrow(
      'The bundle of health calls require() for a module outside of it, which ES modules do not have: ' +
        'replace the CommonJS dependency, or give the bundle a createRequire banner',
    );
  });
});

describe('what esbuild is told', () => {
  it.each([
    ['faults', 'true', undefined],
    ['no-faults', 'false', undefined],
    ['faults-stripe', 'true', ['module', 'stripe']],
    ['no-faults-stripe', 'false', ['module', 'stripe']],
  ] as const)('given the variant %s, then faults are %s and the conditions %j', (variant, faults, conditions) => {
    const options: { define: object; conditions?: readonly string[] } = esbuildOptions(variant);

    expect(options.define).toEqual({ __FAULTS__: faults });
    expect(options.conditions).toEqual(conditions);
  });

  it('given functions, then these are built alone; with maps, then esbuild makes them beside', () => {
    const options: object = esbuildOptions('faults', { definitions, maps: true });

    expect(options).toMatchObject({
      entryPoints: [{ in: 'functions/api/health.ts', out: 'health' }],
      sourcemap: 'external',
    });
    expect(esbuildOptions('faults').entryPoints).toHaveLength(sagaFunctions.length);
    expect(esbuildOptions('faults')).not.toHaveProperty('sourcemap');
  });

  it('given no folder, then the zip of a function is in the one of the bundles', () => {
    expect(zipFileOf('health', 'faults')).toBe(join(distFolder, 'faults', 'health', 'health.zip'));
    expect(zipFileOf('health', 'faults', '/out')).toBe(join('/out', 'faults', 'health', 'health.zip'));
  });
});
