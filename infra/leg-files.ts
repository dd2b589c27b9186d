import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LegFile } from '../statemachine/tools/lint-records.ts';
import { shapeProblems } from '../statemachine/tools/lint-shape.ts';
import { projectRoot } from './paths.ts';

/** The legs' records, read one by one: an incomplete one would make the code that derives from all of them fail, far from its file. */
export interface LegFiles {
  readonly files: readonly LegFile[];
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];
}

export async function readLegFiles(root = projectRoot): Promise<LegFiles> {
  const files: LegFile[] = [];
  const problems: string[] = [];
  for (const path of globSync('functions/*/leg.ts', { cwd: root }).sort()) {
    const folder = basename(dirname(path));
    try {
      const exports = await import(pathToFileURL(join(root, path)).href);
      files.push({ folder, exports });
      problems.push(...exportProblems(folder, exports).map((problem) => `${path}: ${problem}`));
    } catch (error) {
      problems.push(loadProblem(path, error, root));
    }
  }
  return { files, problems };
}

function exportProblems(folder: string, exports: LegFile['exports']): string[] {
  if (Object.hasOwn(exports, folder)) return shapeProblems(exports[folder]);
  const names = Object.keys(exports).map((name) => `"${name}"`);
  return [
    `exports ${names.join(' and ') || 'nothing'}: its record has to be exported as "${folder}", as the folder is`,
  ];
}

/** @param file below the project's folder, as the sentence names it, with the line where there is one */
export function loadProblem(file: string, error: unknown, root = projectRoot): string {
  const { message, stack = '' } = error as Error;
  const line = new RegExp(`${file.replaceAll('.', '\\.')}:\\d+`).exec(stack)?.[0] ?? file;
  const [reason = ''] = message.replaceAll(join(root, '/'), '').trim().split('\n');
  return `${line}: cannot be loaded: ${reason}`;
}
