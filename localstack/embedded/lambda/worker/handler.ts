/** Finds a function's handler the way Lambda's Node runtime does, with its error names. */

import { existsSync, realpathSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (
  event: unknown,
  context: unknown,
  callback?: (error: unknown, result?: unknown) => void,
) => unknown;

export class HandlerError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface HandlerPlace {
  readonly taskRoot: string;
  /** For instance `index.handler` or `folder/file.exported.member`. */
  readonly handler: string;
  readonly awaitsHandler: boolean;
}

/** @throws HandlerError as Lambda names it */
export async function loadHandler({ taskRoot, handler, awaitsHandler }: HandlerPlace): Promise<Handler> {
  const [, file, member] = /^(.*?[^/.]+)\.([^/]+)$/.exec(handler) ?? [];
  if (file === undefined || member === undefined) {
    throw new HandlerError('Runtime.MalformedHandlerName', `Bad handler ${handler}: expected <file>.<export>`);
  }
  const path = ['.mjs', '.js', '.cjs']
    .map((end) => join(taskRoot, file + end))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new HandlerError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${file}' (no ${file}.mjs, .js or .cjs in the zip)`,
    );
  }
  const found = member.split('.').reduce<unknown>(memberOf, await importModule(path, taskRoot));
  if (found === undefined) {
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new HandlerError('Runtime.HandlerNotFound', `${handler} is not a function`);
  if (awaitsHandler && found.length > 2) {
    throw new HandlerError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24: ' +
        `write ${handler} as an async function of at most two parameters`,
    );
  }
  return found as Handler;
}

function memberOf(container: unknown, key: string): unknown {
  const holder = container as Record<string, unknown> | undefined;
  // A CommonJS bundle's exports are sometimes only on the default export.
  return holder?.[key] ?? (holder?.default as Record<string, unknown> | undefined)?.[key];
}

async function importModule(path: string, taskRoot: string): Promise<unknown> {
  try {
    return await import(instanceOf(path, taskRoot));
  } catch (error) {
    if (error instanceof SyntaxError) throw new HandlerError('Runtime.UserCodeSyntaxError', String(error));
    if ((error as NodeJS.ErrnoException)?.code?.endsWith('MODULE_NOT_FOUND')) {
      throw new HandlerError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

/** Environments that have loaded a file before. */
const instances = new Map<string, number>();
/** Folders of functions, as URLs. */
const roots = new Set<string>();
const INSTANCE = '?environment=';

/** @returns a URL that gives an environment modules of its own, also where another one of this isolate has loaded the same file */
function instanceOf(path: string, taskRoot: string): string {
  const { href } = pathToFileURL(path);
  const earlier = instances.get(href) ?? 0;
  instances.set(href, earlier + 1);
  if (earlier === 0) return href;
  roots.add(`${pathToFileURL(realpathSync(taskRoot)).href}/`);
  const { cache } = createRequire(path);
  for (const file of Object.keys(cache)) if (file.startsWith(taskRoot)) delete cache[file];
  return `${href}${INSTANCE}${earlier + 1}`;
}

/** What a module of such an environment imports from its function's folder is its own, too. */
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const { parentURL = '' } = context;
    const at = parentURL.indexOf(INSTANCE);
    if (at < 0 || resolved.url.includes('?')) return resolved;
    const isOwn = [...roots].some((root) => parentURL.startsWith(root) && resolved.url.startsWith(root));
    return isOwn ? { ...resolved, url: resolved.url + parentURL.slice(at) } : resolved;
  },
});
