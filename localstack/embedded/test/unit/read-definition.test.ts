import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readDefinition } from '#embedded/read-definition.ts';

const folder = mkdtempSync(join(tmpdir(), 'definition-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const read = (source: string) => {
  files += 1;
  const file = join(folder, `${files}.mjs`);
  writeFileSync(file, source);
  return readDefinition(['--config', file]);
};

describe("the project's own file", () => {
  it('is taken as it is where all its members are known', async () => {
    expect(await read("export default { command: 'npm start --', page: undefined }")).toEqual({
      command: 'npm start --',
    });
  });

  it.each<[string, RegExp]>([
    ['export const a = 1', /\.mjs has no default export: export default defineCloud/],
    ["export default { comand: 'x' }", /\.mjs: comand is none of command, synthesizeCommand, stackFile, /],
    ["export default { stackFile: 'cdk.tf.json' }", /\.mjs: stackFile must be a function, not a value of type string/],
    ['export default { command: () => 1 }', /\.mjs: command must be a string, not a value of type function/],
    ['export default nowhere', /\.mjs cannot be loaded: nowhere is not defined/],
  ])('%s is refused', async (source, message) => {
    await expect(read(source)).rejects.toThrow(message);
  });
});
