import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../operations/run-command.ts';
import { projectRoot, stackFile } from '../paths.ts';
import { refuseDifferences, swapped } from './differences.ts';

/**
 * Proves that CDKTF, which is archived, can be left by changing `infra/cdktf.ts` alone: a copy of the project with that one
 * file changed compiles against the fork `cdktn` and synthesizes the same stack, also through the fork's CLI.
 * The bindings of the AWS provider weigh 470 MB, so they are no dependency; they are installed beside the copy.
 */
const packages = ['cdktn@0.24.0', '@cdktn/provider-aws@25.7.0', 'constructs@10.7.2'];
const cli = 'cdktn-cli@0.24.0';

/** Inside of the project, so that all other packages are found there. */
const copy = join(projectRoot, '.local', 'cdktn');
const environment = { ...process.env, STAGE: 'local', CDKTF_OUTDIR: undefined, CHECKPOINT_DISABLE: '1' };

/** What the command prints is shown only where it fails: the fork's CLI alone prints hundreds of lines. */
function run(command: string, args: readonly string[], folder: string): void {
  console.log(`${command} ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
}

function copyProject(): void {
  for (const folder of ['infra', 'functions', 'schema', 'statemachine']) {
    rmSync(join(copy, folder), { recursive: true, force: true });
    cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
  }
  for (const file of ['cdktf.json', 'tsconfig.json']) cpSync(join(projectRoot, file), join(copy, file));
  const { imports } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { imports: object };
  const manifest = { private: true, type: 'module', imports, scripts: { synth: 'node infra/synth.ts' } };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest));
}

function swap(): void {
  const file = join(copy, 'infra', 'cdktf.ts');
  writeFileSync(file, swapped(readFileSync(file, 'utf8')));
}

const synthesized = (root: string) =>
  JSON.parse(readFileSync(stackFile('booking-saga-local', join(root, 'cdktf.out')), 'utf8'));

function compare(made: string): void {
  refuseDifferences(synthesized(projectRoot), synthesized(copy), made);
  console.log(`The stack that ${made} synthesizes is the same.\n`);
}

const usage = `npm run swap:cdktn    proves that the stack is the same with cdktn, the fork of CDKTF, and its CLI, with one file changed

Installs 470 MB into .local/cdktn.

  --help   this text`;

await runCommand('swap:cdktn', usage, {}, () => {
  mkdirSync(copy, { recursive: true });
  copyProject();
  run('npm', ['install', '--no-save', '--no-package-lock', '--ignore-scripts', ...packages], copy);
  swap();
  run('node', ['infra/synth.ts'], projectRoot);
  run('npx', ['tsc', '--project', 'tsconfig.json'], copy);
  run('node', ['infra/synth.ts'], copy);
  compare('cdktn');
  rmSync(join(copy, 'cdktf.out'), { recursive: true, force: true });
  run('npx', ['--yes', '--package', cli, '--', 'cdktn', 'synth'], copy);
  compare('the CLI of cdktn');
});
