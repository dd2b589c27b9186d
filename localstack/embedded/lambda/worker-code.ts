/**
 * The worker's TypeScript as plain JavaScript files, stripped once: each worker that strips types itself loads the compiler
 * anew, which costs 20 ms a start and memory for as long as the worker lives.
 */

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @returns the URL of the entry below `folder`, in a folder of its own for each version of the code */
export async function prepareWorkerCode(folder: string): Promise<URL> {
  const sources = await readSources();
  const hash = createHash('sha256')
    .update(JSON.stringify([process.version, sources]))
    .digest('hex')
    .slice(0, 16);
  const target = join(folder, `worker-${hash}`);
  if ((await stat(target).catch(() => undefined)) === undefined) await write(sources, target);
  return pathToFileURL(join(target, 'main.mjs'));
}

async function readSources(): Promise<[file: string, code: string][]> {
  const folder = new URL('./worker/', import.meta.url);
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(new URL(file, folder), 'utf8')]),
  );
}

async function write(sources: [file: string, code: string][], target: string): Promise<void> {
  const draft = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await mkdir(draft);
  for (const [file, code] of sources) {
    const script = stripTypeScriptTypes(code).replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.mjs'");
    await writeFile(join(draft, file.replace(/\.ts$/, '.mjs')), script);
  }
  await rename(draft, target).catch(async () => {
    // Another process with the same code was faster.
    await rm(draft, { recursive: true });
  });
}
