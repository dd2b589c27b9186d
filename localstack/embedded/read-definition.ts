import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CloudDefinition } from './definition.ts';
import { UsageError } from './options.ts';

const defaultFile = 'local-cloud.config.ts';

/** What the project's own file says: that of `--config`, or `local-cloud.config.ts` of this folder where there is one. */
export async function readDefinition(args: readonly string[]): Promise<CloudDefinition> {
  const at = args.indexOf('--config');
  const named = at < 0 ? undefined : (args[at + 1] ?? '');
  const file = resolve(named ?? defaultFile);
  if (!existsSync(file)) {
    if (named === undefined) return {};
    throw new UsageError(`--config: there is no file ${file}`);
  }
  const { default: definition }: { default?: CloudDefinition } = await import(pathToFileURL(file).href);
  if (typeof definition !== 'object')
    throw new UsageError(`${file} has no default export: export default defineCloud({ … })`);
  return definition;
}
