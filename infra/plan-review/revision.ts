import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { physicalName, stageConfig } from '../config.ts';
import { projectRoot, stackFile } from '../paths.ts';
import { linkTree } from './link-tree.ts';

export interface Synthesized {
  /** Text of the synthesized file. */
  readonly text: string;
  /** What a reader of the comparison has to know; undefined where there is nothing. */
  readonly note: string | undefined;
}

export interface Waiting {
  /** Told what is waited for: a synth takes seconds, or a minute on a busy machine. */
  readonly say: (line: string) => void;
  /** Ends the work: what it has made is taken away, and the promise is rejected. */
  readonly signal?: AbortSignal;
}

/** The synthesized file of the working tree, with its changes that are not committed. */
export async function synthesizeHere({ say, signal }: Waiting): Promise<string> {
  say('synthesizing the working tree, if it changed …');
  await run(process.execPath, ['infra/synth-if-stale.ts'], { cwd: projectRoot, signal });
  return readFileSync(stackFile(physicalName(stageConfig())), 'utf8');
}

/**
 * The synthesized file of a git revision, made in a copy of it by its own code, but with the dependencies that are installed here.
 * @throws Error where git knows no such revision, or it cannot be synthesized
 */
export async function synthesizeRevision(revision: string, { say, signal }: Waiting): Promise<Synthesized> {
  const commit = commitOf(revision);
  say(`synthesizing ${revision} …`);
  // On the disk of the packages, to which the copy's are hard links.
  const local = join(projectRoot, '.local');
  mkdirSync(local, { recursive: true });
  const folder = mkdtempSync(join(local, 'plan-review-'));
  const copy = join(folder, 'revision');
  try {
    await run('git', ['worktree', 'add', '--quiet', '--detach', copy, commit], { cwd: projectRoot, signal });
    // The bundler goes through a symbolic link and names the vendor files by where it led.
    linkTree(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
    const lock = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8');
    const note =
      lock(copy) === lock(projectRoot)
        ? undefined
        : `package-lock.json differs in ${revision}, and it was synthesized with the dependencies that are installed here`;
    await synthesizeIn(copy, revision, note, signal);
    const file = join(copy, 'cdktf.out', 'stacks', physicalName(stageConfig()), 'cdk.tf.json');
    if (!existsSync(file)) throw new Error(`${revision} synthesized no ${physicalName(stageConfig())}`);
    return { text: readFileSync(file, 'utf8'), note };
  } finally {
    await removeWorktree(copy);
    // An interrupted synth may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
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
async function synthesizeIn(
  copy: string,
  revision: string,
  note: string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await run(process.execPath, ['infra/synth.ts'], { cwd: copy, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    const why = note === undefined ? '' : `\n${note}: that may be why`;
    throw new Error(`${revision} cannot be synthesized: ${(error as Error).message}${why}`);
  }
}

/** In a group of processes of its own, which a second Ctrl-C does not reach. Where it fails, git forgets the folder once that is gone. */
async function removeWorktree(folder: string): Promise<void> {
  const options = { cwd: projectRoot, detached: true, stdio: 'ignore' } as const;
  await once(spawn('git', ['worktree', 'remove', '--force', '--force', folder], options), 'close');
}

interface Place {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

async function run(command: string, args: readonly string[], { cwd, signal }: Place): Promise<void> {
  try {
    await promisify(execFile)(command, args, { cwd, maxBuffer: 2 ** 26, ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) throw new Error('interrupted');
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed: ${stderr?.trim() || error}`);
  }
}
