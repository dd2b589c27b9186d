import { execFileSync } from 'node:child_process';
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
export function synthesizeHere(): string {
  run(process.execPath, ['infra/synth-if-stale.ts'], projectRoot);
  return readFileSync(stackFile(physicalName(stageConfig())), 'utf8');
}

/**
 * The synthesized file of a git revision, made in a copy of it by its own code, but with the dependencies that are installed here.
 * @throws Error where git knows no such revision, or it cannot be synthesized
 */
export function synthesizeRevision(revision: string): Synthesized {
  // On the disk of the packages, to which the copy's are hard links.
  const local = join(projectRoot, '.local');
  mkdirSync(local, { recursive: true });
  const folder = mkdtempSync(join(local, 'plan-review-'));
  const copy = join(folder, 'revision');
  run('git', ['worktree', 'add', '--quiet', '--detach', copy, revision], projectRoot);
  try {
    // The bundler goes through a symbolic link and names the vendor files by where it led.
    linkTree(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
    run(process.execPath, ['infra/synth.ts'], copy);
    const file = join(copy, 'cdktf.out', 'stacks', physicalName(stageConfig()), 'cdk.tf.json');
    if (!existsSync(file)) throw new Error(`${revision} synthesized no ${physicalName(stageConfig())}`);
    const lock = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8');
    const note =
      lock(copy) === lock(projectRoot)
        ? undefined
        : `package-lock.json differs in ${revision}, and it was synthesized with the dependencies that are installed here`;
    return { text: readFileSync(file, 'utf8'), note };
  } finally {
    run('git', ['worktree', 'remove', '--force', copy], projectRoot);
    rmSync(folder, { recursive: true, force: true });
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
