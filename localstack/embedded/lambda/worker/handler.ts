/** Finds a function's handler the way Lambda's Node runtime does, with its error names. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

export class HandlerError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** @param handler for instance `index.handler` or `folder/file.exported.member` */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
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
  const found = member.split('.').reduce<unknown>(memberOf, await importModule(path));
  if (found === undefined) {
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new HandlerError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

function memberOf(container: unknown, key: string): unknown {
  const holder = container as Record<string, unknown> | undefined;
  // A CommonJS bundle's exports are sometimes only on the default export.
  return holder?.[key] ?? (holder?.default as Record<string, unknown> | undefined)?.[key];
}

async function importModule(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw new HandlerError('Runtime.UserCodeSyntaxError', String(error));
    if ((error as NodeJS.ErrnoException)?.code?.endsWith('MODULE_NOT_FOUND')) {
      throw new HandlerError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}
