import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { physicalName, stageConfig } from '../config.ts';
import { projectRoot, stackFile } from '../paths.ts';
import { linkTree } from './link-tree.ts';

export interface Synthesized {
  /** Text of the synthesized file. */
  readonly text: string;
  /** What a reader of the comparison has to know; undefined where there is nothing. */
  readonly note: string | undefined;
}

/** The synthesized file of the working tree, with its changes that are not committed. */
export function synthesizeHere(say: (line: string) => void): string {
  say('synthesizing the working tree, if it changed …');
  run(process.execPath, ['infra/synth-if-stale.ts'], projectRoot);
  return readFileSync(stackFile(physicalName(stageConfig())), 'utf8');
}

/**
 * The synthesized file of a git revision, made in a copy of it by its own code, but with the dependencies that are installed here.
 * @param say is told what is waited for: a synth takes seconds, or a minute on a busy machine
 * @throws Error where git knows no such revision, or it cannot be synthesized
 */
export function synthesizeRevision(revision: string, say: (line: string) => void): Synthesized {
  const commit = commitOf(revision);
  say(`synthesizing ${revision} …`);
  // On the disk of the packages, to which the copy's are hard links.
  const local = join(projectRoot, '.local');
  mkdirSync(local, { recursive: true });
  const folder = mkdtempSync(join(local, 'plan-review-'));
  const copy = join(folder, 'revision');
  run('git', ['worktree', 'add', '--quiet', '--detach', copy, commit], projectRoot);
  try {
    // The bundler goes through a symbolic link and names the vendor files by where it led.
    linkTree(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
    const lock = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8');
    const note =
      lock(copy) === lock(projectRoot)
        ? undefined
        : `package-lock.json differs in ${revision}, and it was synthesized with the dependencies that are installed here`;
    synthesizeIn(copy, revision, note);
    const file = join(copy, 'cdktf.out', 'stacks', physicalName(stageConfig()), 'cdk.tf.json');
    if (!existsSync(file)) throw new Error(`${revision} synthesized no ${physicalName(stageConfig())}`);
    return { text: readFileSync(file, 'utf8'), note };
  } finally {
    run('git', ['worktree', 'remove', '--force', copy], projectRoot);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error where git knows no such revision, an option among them */
function commitOf(revision: string): string {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { status, stdout } = spawnSync('git', args, { cwd: projectRoot, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git knows no revision "${revision}" here; a shallow clone has few of them`);
  return stdout.trim();
}

/** @throws Error that says so where other dependencies may be why */
function synthesizeIn(copy: string, revision: string, note: string | undefined): void {
  try {
    run(process.execPath, ['infra/synth.ts'], copy);
  } catch (error) {
    const why = note === undefined ? '' : `\n${note}: that may be why`;
    throw new Error(`${revision} cannot be synthesized: ${(error as Error).message}${why}`);
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer };
    throw new Error(`${command} ${args.join(' ')} failed: ${stderr?.toString().trim() ?? error}`);
  }
}
