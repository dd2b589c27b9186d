/** What is built on demand, and kept while its sources are the same. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AslDefinition, drawnPartOf } from '../model/asl.ts';
import type { Layout } from '../model/layout.ts';
import { builtFolder, consoleFolder, projectRoot } from './paths.ts';

const main = join(consoleFolder, 'build', 'main.ts');

export interface BuiltPage {
  readonly script: Buffer;
  readonly style: Buffer;
  /** Of both. */
  readonly tag: string;
}

/** @throws Error with the bundler's own words */
export function builtPage(): Promise<BuiltPage> {
  const key = hashOf(pageFiles());
  return once(`page ${key}`, async () => {
    const folder = join(builtFolder, `page-${key}`);
    if (!existsSync(join(folder, 'app.js'))) {
      // Several consoles may build at the same time: each for itself, and the first one that is done has built for all.
      const written = join(builtFolder, `building-${key}.${process.pid}`);
      await run(['page', written]);
      await rename(written, folder).catch(async (error: unknown) => {
        await rm(written, { recursive: true, force: true });
        if (!existsSync(join(folder, 'app.js'))) throw error;
      });
      await clear('page-', folder);
    }
    const [script, style] = await Promise.all([readFile(join(folder, 'app.js')), readFile(join(folder, 'app.css'))]);
    return { script, style, tag: `"${key}"` };
  });
}

/** One for all stages and targets, whose definitions call functions of other names. @throws Error with the layout kernel's own words */
export function layoutOf(definition: AslDefinition): Promise<Layout> {
  const text = JSON.stringify(drawnPartOf(definition));
  const key = createHash('sha256').update(hashOf(layoutFiles)).update(text).digest('hex').slice(0, 16);
  return once(`layout ${key}`, async () => {
    const file = join(builtFolder, 'layouts', `${key}.json`);
    if (!existsSync(file)) {
      const layout = await run(['layout'], text);
      await mkdir(join(builtFolder, 'layouts'), { recursive: true });
      // Synth and a console may draw at the same time.
      const written = `${file}.${process.pid}.tmp`;
      await writeFile(written, layout);
      await rename(written, file);
    }
    return JSON.parse(await readFile(file, 'utf8')) as Layout;
  });
}

/** Loads what the console's server knows of the legs, from the sources as they are now. @throws Error with the bundler's own words */
export async function builtFacts(): Promise<unknown> {
  const code = await run(['facts']);
  // Named after its content, since a module is loaded once for each of its addresses, and after its only reader.
  const key = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const file = join(builtFolder, `facts-${process.pid}-${key}.mjs`);
  await mkdir(builtFolder, { recursive: true });
  await writeFile(file, code);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file, { force: true });
  }
}

/** Results by key; a failure is tried again. */
const results = new Map<string, Promise<unknown>>();

function once<T>(key: string, make: () => Promise<T>): Promise<T> {
  const kind = key.slice(0, key.indexOf(' '));
  const known = results.get(key) as Promise<T> | undefined;
  if (known !== undefined) return known;
  // A layout of every definition that was ever swapped in would stay otherwise.
  if (kind === 'page' || results.size > 20) results.clear();
  const made = make();
  results.set(key, made);
  made.catch(() => results.delete(key));
  return made;
}

/** All that the page may be made of. */
const pageFiles = (): string[] => [...filesOf('page', 'model', '../../schema'), '../undoing.ts'];

/** What a layout depends on, beside the definition. */
const layoutFiles = ['build/layout.ts', 'model/asl.ts', 'model/layout.ts'];

const filesOf = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,css}`, { cwd: consoleFolder })).sort();

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(consoleFolder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function clear(prefix: string, but: string): Promise<void> {
  for (const old of globSync(`${prefix}*`, { cwd: builtFolder })) {
    const folder = join(builtFolder, old);
    if (folder !== but) await rm(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { cwd: projectRoot, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(stderr.trim() || error.message))),
    );
    child.stdin?.end(input);
    // Requests of the service come first.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  });
}
