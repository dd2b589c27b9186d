import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeProcessCovs, type ProcessCov } from '@bcoe/v8-coverage';
import v8ToIstanbul from 'v8-to-istanbul';
import type { FileCoverage } from './united.ts';

/** A file of the project, or of a copy of it in which a test works. */
const source = /^file:\/\/.*?\/((?:functions|infra)\/.*\.ts)$/;

/**
 * What Node noted in `folder` of the processes that the tests started, by file, relative to `root`. Types are blanks in what Node runs, so its
 * positions are those of the files.
 * https://nodejs.org/api/cli.html#node_v8_coveragedir
 */
export async function coverageOfChildren(folder: string, root: string): Promise<ReadonlyMap<string, FileCoverage>> {
  let all: ProcessCov = { result: [] };
  for (const name of readdirSync(folder)) all = mergeProcessCovs([all, sourcesOf(join(folder, name), root)]);
  const found = new Map<string, FileCoverage>();
  for (const { url: file, functions } of all.result) {
    const path = join(root, file);
    const converter = v8ToIstanbul(path, 0, { source: readFileSync(path, 'utf8') });
    await converter.load();
    converter.applyCoverage(functions);
    for (const coverage of Object.values(converter.toIstanbul())) found.set(file, coverage);
  }
  return found;
}

function sourcesOf(path: string, root: string): ProcessCov {
  const { result } = JSON.parse(readFileSync(path, 'utf8')) as ProcessCov;
  return {
    result: result.flatMap((script) => {
      const file = source.exec(script.url)?.[1];
      const isOurs = file !== undefined && !script.url.includes('/node_modules/') && existsSync(join(root, file));
      return isOurs ? [{ ...script, scriptId: '0', url: file }] : [];
    }),
  };
}
