import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CloudDefinition } from './definition.ts';
import { UsageError } from './options.ts';
import { messageOf } from './values.ts';

const defaultFile = 'local-cloud.config.ts';

/** Not only for the compiler: Node runs the file without it. */
const kinds: Readonly<Record<keyof CloudDefinition, 'function' | 'string'>> = {
  command: 'string',
  synthesizeCommand: 'string',
  stackFile: 'function',
  keyFile: 'string',
  tempFolder: 'string',
  sourceMaps: 'string',
  pages: 'function',
  watch: 'function',
  opened: 'function',
  page: 'function',
  greeting: 'function',
};

/** What the project's own file says: that of `--config`, or `local-cloud.config.ts` of this folder where there is one. */
export async function readDefinition(args: readonly string[]): Promise<CloudDefinition> {
  const at = args.indexOf('--config');
  const named = at < 0 ? undefined : (args[at + 1] ?? '');
  const file = resolve(named ?? defaultFile);
  if (!existsSync(file)) {
    if (named === undefined) return {};
    throw new UsageError(`--config: there is no file ${file}`);
  }
  const { default: definition } = await load(file);
  if (typeof definition !== 'object' || definition === null)
    throw new UsageError(`${file} has no default export: export default defineCloud({ … })`);
  for (const [name, value] of Object.entries(definition)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof CloudDefinition] : undefined;
    if (kind === undefined) throw new UsageError(`${file}: ${name} is none of ${Object.keys(kinds).join(', ')}`);
    const is = typeof value;
    if (is !== 'undefined' && is !== kind)
      throw new UsageError(`${file}: ${name} must be a ${kind}, not a value of type ${is}`);
  }
  return definition;
}

async function load(file: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new Error(`${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
}
