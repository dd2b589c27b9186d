import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { type Bundle, gzippedBytesOf, zipFileOf } from '#infra/bundling/bundle.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';

/** The settings of the tests' stack, which was built before the first test. */
export const builtBundles = (): Bundle[] =>
  sagaFunctions.map((definition) => {
    const files = unzipSync(readFileSync(zipFileOf(definition.name, 'faults')));
    return { definition, files, gzippedBytes: gzippedBytesOf(files) };
  });

/** Of all its files. */
export const textOf = ({ files }: Bundle): string =>
  Object.values(files)
    .map((file) => Buffer.from(file).toString())
    .join('\n');
