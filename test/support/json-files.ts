import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Writes JSON files into a folder that is taken away with the suite. @returns the path of the file */
export function jsonFiles(): (name: string, content: unknown) => string {
  const folder = mkdtempSync(join(tmpdir(), 'json-files-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
}
