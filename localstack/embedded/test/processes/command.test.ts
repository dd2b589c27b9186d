import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeParcelStack } from './parcels/stack.ts';

const main = fileURLToPath(new URL('../../main.mjs', import.meta.url));

let folder: string;
let config: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  config = join(folder, 'config.mjs');
  const stackFile = join(folder, 'own', 'cdk.tf.json');
  const definition = `{ synthesizeCommand: 'make stack', stackFile: () => ${JSON.stringify(stackFile)} }`;
  writeFileSync(config, `export default ${definition};\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What the command prints until it ends; it is told to end once `enough` has come. */
async function printedBy(args: readonly string[], enough?: RegExp): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '' },
    cwd: folder,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk;
      if (enough?.test(printed)) child.kill('SIGTERM');
    });
  }
  await once(child, 'exit');
  return printed;
}

describe('the command', () => {
  it('says how the project’s own stack is written where it is missing', async () => {
    expect(await printedBy(['--config', config])).toContain('does not exist. Run `make stack` to write it.\n');
  });

  it('names no command where --stack names a file that is missing, since none may write that file', async () => {
    const file = join(folder, 'nowhere.json');

    for (const args of [['--config', config], []]) {
      expect(await printedBy([...args, '--stack', file])).toMatch(
        /The stack file \S+nowhere\.json does not exist\.\n$/,
      );
    }
  });

  it.each(['0.0.0.0', '127.0.0.1'])('on %s says whether others get in', async (host) => {
    const stackFile = writeParcelStack(mkdtempSync(join(folder, 'parcels-')));

    const printed = await printedBy(['--stack', stackFile, '--host', host], /Ctrl-C stops\)\n/);

    expect(printed.includes(`Everyone in this network can reach it (--host ${host})`)).toBe(host === '0.0.0.0');
  });
});
