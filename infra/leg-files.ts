import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
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
  for (const { path, defined } of definingFiles(root)) {
    const [, folder] = legPath.exec(path) ?? [];
    if (folder === undefined) {
      problems.push(`${path}: defines a leg, and only functions/<name>/leg.ts is looked into: move it there`);
      continue;
    }
    try {
      const exports = await import(pathToFileURL(join(root, path)).href);
      files.push({ folder, exports });
      problems.push(...exportProblems(folder, exports, defined).map((problem) => `${path}: ${problem}`));
    } catch (error) {
      problems.push(loadProblem(path, error, root));
    }
  }
  return { files, problems };
}

/** Each `leg.ts`, and what else defines a leg: nothing would miss one that is written elsewhere and is in no list. */
function definingFiles(root: string): { readonly path: string; readonly defined: number }[] {
  return globSync('functions/**/*.ts', { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .sort()
    .map((path) => ({ path, defined: readFileSync(join(root, path), 'utf8').match(definition)?.length ?? 0 }))
    .filter(({ path, defined }) => defined > 0 || legPath.test(path));
}

const legPath = /^functions\/([^/]+)\/leg\.ts$/;
/** A call of `defineLeg`, but in a comment. */
const definition = /^(?!\s*(?:\/?\*|\/\/)).*(?<!function )\bdefineLeg[<(]/gm;

function exportProblems(folder: string, exports: LegFile['exports'], defined: number): string[] {
  const records = new Set(Object.values(exports).filter(isLikeRecord));
  const count = Math.max(records.size, defined);
  if (count > 1) return [`defines ${count} legs: give each a file of its own, functions/<name>/leg.ts`];
  if (Object.hasOwn(exports, folder)) return shapeProblems(exports[folder]);
  const names = Object.keys(exports).map((name) => `"${name}"`);
  return [
    `exports ${names.join(' and ') || 'nothing'}: its record has to be exported as "${folder}", as the folder is`,
  ];
}

/** What only a leg has, whole or not. */
const isLikeRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ['itemType', 'runTypeStem', 'states'].some((name) => name in value);

/** @param file below the project's folder, as the sentence names it, with the line where there is one */
export function loadProblem(file: string, error: unknown, root = projectRoot): string {
  const { message, stack = '' } =
    error instanceof Error ? error : new Error(`it throws ${inspect(error)}, which is no Error`);
  const line = new RegExp(`${file.replaceAll('.', '\\.')}:\\d+`).exec(stack)?.[0] ?? file;
  const [reason = ''] = message.replaceAll(join(root, '/'), '').trim().split('\n');
  return `${line}: cannot be loaded: ${reason}`;
}
