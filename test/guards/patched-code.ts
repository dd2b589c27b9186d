/** Imported first by a process that runs without a guard in the code: the file is another one when it is loaded. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { codeGuards } from './code-guards.ts';

/** @throws where the code is not as the guard says, so that a guard that has moved is not taken for one that does not matter */
export function loadWithout(name: string): void {
  const removal = codeGuards.find((guard) => guard.name === name)?.without;
  if (removal?.of !== 'code') throw new Error(`There is no guard in code "${name}"`);
  const { file, find, put } = removal;
  const text = readFileSync(file, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file} does not have once: ${find}`);
  const url = new URL(`../../${file}`, import.meta.url).href;
  registerHooks({
    load(loaded, context, next) {
      const result = next(loaded, context);
      if (loaded !== url) return result;
      return { ...result, format: 'module-typescript', source: text.replace(find, () => put) };
    },
  });
}
