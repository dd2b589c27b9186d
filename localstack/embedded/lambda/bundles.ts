/** The functions' zips, unpacked below a private folder of the user, by content: a second start finds them there. */

import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { FunctionSettings } from './function-settings.ts';
import { hold } from './prune-bundles.ts';
import { isVendorFile, linkVendorFile } from './vendor-files.ts';

export interface Bundle {
  /** The folder that AWS calls LAMBDA_TASK_ROOT. */
  readonly taskRoot: string;
  /** Base64 SHA-256 of the zip, AWS's `CodeSha256`. */
  readonly codeSha256: string;
  readonly codeSize: number;
}

/** @throws an error when the folder exists and is somebody else's, who could put code into it */
export async function bundleFolder(
  folder = join(tmpdir(), `local-cloud-bundles-${userInfo().username}`),
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(folder);
  const mine = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
  if (!mine)
    throw new Error(`${folder} has to belong to you alone, since code is run from it: remove it and start again`);
  return folder;
}

/** @throws an error that lists every zip that is missing */
export async function requireZips(functions: readonly FunctionSettings[]): Promise<void> {
  const missing: string[] = [];
  for (const { name, zip } of functions) {
    const found = await stat(zip).catch(() => undefined);
    if (!found?.isFile()) missing.push(`  ${name}: ${zip}`);
  }
  if (missing.length === 0) return;
  throw new Error(`bundles of these functions are missing; build and synthesize again:\n${missing.join('\n')}`);
}

/** Unpacks each zip at its first use, once for all versions of its function. */
export function unpackOnce(folder: string): (fn: FunctionSettings) => Promise<Bundle> {
  const bundles = new Map<string, Promise<Bundle>>();
  return (fn) => {
    const bundle = bundles.get(fn.zip) ?? unpack(fn, folder);
    bundles.set(fn.zip, bundle);
    return bundle;
  };
}

/** @throws an error that names the function when the zip is not one */
export async function unpack(fn: FunctionSettings, folder: string): Promise<Bundle> {
  const zip = await readFile(fn.zip);
  const hash = createHash('sha256').update(zip).digest();
  const target = join(folder, hash.toString('hex').slice(0, 32));
  await hold(folder, basename(target));
  const taskRoot = join(target, 'task');
  const bundle: Bundle = { taskRoot, codeSha256: hash.toString('base64'), codeSize: zip.length };
  if ((await stat(taskRoot).catch(() => undefined)) !== undefined) return bundle;

  const draft = `${taskRoot}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  for (const [name, content] of Object.entries(entriesOf(fn, zip))) {
    if (name.endsWith('/')) continue;
    const path = normalize(join(draft, name));
    if (!path.startsWith(draft + sep))
      throw new Error(`${fn.name}: ${fn.zip} has an entry outside its folder: ${name}`);
    await mkdir(dirname(path), { recursive: true });
    if (!(isVendorFile(name) && (await linkVendorFile(path, content, folder)))) await writeFile(path, content);
  }
  await rename(draft, taskRoot).catch(async (error: unknown) => {
    // Lost the race against another process that unpacked the same content.
    await rm(draft, { recursive: true, force: true });
    if ((await stat(taskRoot).catch(() => undefined)) === undefined) throw error;
  });
  return bundle;
}

function entriesOf(fn: FunctionSettings, zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch (error) {
    throw new Error(`${fn.name}: ${fn.zip} is not a zip file; build and synthesize again`, { cause: error });
  }
}
