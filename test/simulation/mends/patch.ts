import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A change of a source file's text, which is made when the file is loaded: the file itself stays as it is. */
export interface Patch {
  /** From the project's root. */
  readonly file: string;
  /** Stands there once. */
  readonly find: string;
  readonly replace: string;
}

const root = new URL('../../../', import.meta.url);

let present: readonly Patch[] = [];

/** Changes every module that is loaded from now on. To be called before the modules are. */
export function patchModules(patches: readonly Patch[]): void {
  present = patches;
  for (const patch of patches) patched(patch.file, readFileSync(new URL(patch.file, root), 'utf8'));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith(root.href)) return loaded;
      const file = url.slice(root.href.length);
      if (!present.some((patch) => patch.file === file)) return loaded;
      return { ...loaded, source: patched(file, String(loaded.source)) };
    },
  });
}

/** The file's text with its patches. @throws Error where what they replace is not there, or more than once */
export function patched(file: string, text: string): string {
  return present
    .filter((patch) => patch.file === file)
    .reduce((changed, { find, replace }) => {
      const parts = changed.split(find);
      if (parts.length === 2) return parts.join(replace);
      throw new Error(`A patch of ${file} wants to replace what stands there ${parts.length - 1} times: ${find}`);
    }, text);
}

export const textOfFile = (file: string): string => readFileSync(fileURLToPath(new URL(file, root)), 'utf8');
