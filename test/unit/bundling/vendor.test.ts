import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BuildOptions, build } from 'esbuild';
import { type VendorSource, vendor, vendorFilesFor, vendorOf } from '#infra/bundling/vendor.ts';
import { importsOf } from '#infra/bundling/vendor-imports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vendor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, `${name}.js`), text);

/** A variant of its own: what is known of others is not looked at. */
function sourceOf(...names: string[]) {
  const options = {
    absWorkingDir: folder,
    entryPoints: names.map((name) => ({ in: `${name}.js`, out: name })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    define: { __VARIANT__: JSON.stringify(folder) },
    logLevel: 'silent',
  } as const satisfies BuildOptions;
  const source: VendorSource = { options, ofFunctions: [], ofPackages: [] };
  return { ...source, options };
}

const usesLoader = `import DataLoader from 'dataloader'; console.log(DataLoader);`;

describe('the vendor files of functions', () => {
  it('given functions that take nothing from packages, when they are asked for, then there is none', async () => {
    write('one', `import { join } from 'path'; import 'node:fs'; console.log(join('a'));`);

    expect([...(await vendorFilesFor(sourceOf('one')))]).toEqual([]);
  });

  it('given a function with a package, when it is bundled, then the package is a file beside that the bundle imports', async () => {
    write('one', usesLoader);
    const source = sourceOf('one');
    const { outputFiles } = await build({ ...source.options, plugins: [vendor(source)] });
    const text = outputFiles[0]?.text ?? '';
    const file = (await vendorFilesFor(source)).get('dataloader');

    expect(file).toMatch(/^dataloader-\w+\.mjs$/);
    expect([...importsOf(text).keys()]).toEqual([`./vendor/${file}`]);
    expect([...vendorOf(text).keys()]).toContain(`vendor/${file}`);
  });

  it('given a function that takes a package anew, when it alone is asked for, then those of the others stay', async () => {
    write('one', usesLoader);
    write('other', '');
    const source = sourceOf('one', 'other');
    const before = await vendorFilesFor(source);
    const [, entry] = source.options.entryPoints;
    if (entry === undefined) throw new Error('no entry of the other');

    expect(await vendorFilesFor(source, [entry])).toBe(before);
    write('other', `import { zipSync } from 'fflate'; console.log(zipSync);`);
    const after = await vendorFilesFor(source, [entry]);
    expect([...after.keys()].sort()).toEqual(['dataloader', 'fflate']);
    // What both have in common is a file of its own, once.
    const own = [...after.values()].map((file) => `vendor/${file}`);
    const needed = [...vendorOf(own.map((file) => `import "./${file}";`).join('\n')).keys()];
    expect(needed).toEqual(expect.arrayContaining(own));
    expect(needed.filter((file) => !own.includes(file))).toEqual([expect.stringMatching(/^vendor\/shared-\w+\.mjs$/)]);
  });

  it('given a source that cannot be read, when they are asked for, then those of the last build stay', async () => {
    const source = sourceOf('one');
    write('one', 'import {');
    expect([...(await vendorFilesFor(source))]).toEqual([]);

    write('one', usesLoader);
    const built = await vendorFilesFor(source);
    write('one', 'import {');
    expect(await vendorFilesFor(source)).toBe(built);
    expect(built.size).toBe(1);
  });

  it('given an entry that is not there, when it is bundled, then esbuild names it, and no package is taken for it', async () => {
    const source = sourceOf('missing');

    await expect(build({ ...source.options, plugins: [vendor(source)] })).rejects.toThrow(
      'Could not resolve "missing.js"',
    );
  });

  it('given a built-in module beside a package, when it is bundled, then the module stays as it is', async () => {
    write('one', `import { join } from 'path'; ${usesLoader} console.log(join('a'));`);
    const source = sourceOf('one');
    const { outputFiles } = await build({ ...source.options, plugins: [vendor(source)] });

    expect([...importsOf(outputFiles[0]?.text ?? '').keys()]).toEqual(['path', expect.stringMatching(/^\.\/vendor\//)]);
  });

  it('given a package that is imported for what it does alone, when files are asked for, then it has none', async () => {
    write('one', `import 'dataloader';`);

    expect([...(await vendorFilesFor(sourceOf('one')))]).toEqual([]);
  });
});
