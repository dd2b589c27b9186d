/**
 * `npm run test:package`: the tests of the local cloud's package, in a copy of it outside this repository that has only the
 * dependencies which its package.json names. What follows are Jest's own options and paths.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const source = 'localstack/embedded';
const copy = mkdtempSync(join(tmpdir(), 'local-cloud-alone-'));

try {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', source], { encoding: 'utf8' }).trim();
  for (const file of files.split('\n')) cpSync(file, join(copy, relative(source, file)));
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(copy, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link);
  }
  const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const args = process.argv.slice(2);
  // Jest takes it from the folder that it runs in.
  const given = args.map((arg, at) => (args[at - 1] === '--outputFile' ? resolve(arg) : arg));
  const { status } = spawnSync(process.execPath, [...flags, ...given], { cwd: copy, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(copy, { recursive: true });
}
