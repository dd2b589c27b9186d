import { execFile, spawn } from 'node:child_process';
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

/** What the synth is done with: processes, in the folder of the project. */
export interface Workshop {
  /** Folder of the project. */
  readonly root: string;
  /** Runs a program to its end. @throws Error with what it wrote to `stderr` */
  readonly exec: (command: string, args: readonly string[], place: Place) => Promise<{ readonly stdout: string }>;
  /** Takes a worktree away. Does not fail: git forgets the folder once that is gone. */
  readonly removeWorktree: (folder: string) => Promise<void>;
}

interface Place {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

const ownWorkshop: Workshop = {
  root: projectRoot,
  exec: (command, args, { cwd, signal }) =>
    promisify(execFile)(command, args, { cwd, maxBuffer: 2 ** 26, ...(signal && { signal }) }),
  // In a group of processes of its own, which a second Ctrl-C does not reach.
  removeWorktree: async (folder) => {
    const options = { cwd: projectRoot, detached: true, stdio: 'ignore' } as const;
    await once(spawn('git', ['worktree', 'remove', '--force', '--force', folder], options), 'close');
  },
};

/** The synthesized file of the working tree, with its changes that are not committed. */
export async function synthesizeHere({ say, signal }: Waiting, workshop: Workshop = ownWorkshop): Promise<string> {
  const { root } = workshop;
  say('synthesizing the working tree, if it changed …');
  await run(workshop, process.execPath, ['infra/synth-if-stale.ts'], { cwd: root, signal });
  return readFileSync(stackFile(physicalName(stageConfig())), 'utf8');
}

/**
 * The synthesized file of a git revision, made in a copy of it by its own code, but with the dependencies that are installed here.
 * @throws Error where git knows no such revision, or it cannot be synthesized
 */
export async function synthesizeRevision(
  revision: string,
  { say, signal }: Waiting,
  workshop: Workshop = ownWorkshop,
): Promise<Synthesized> {
  const { root } = workshop;
  const commit = await commitOf(revision, workshop);
  say(`synthesizing ${revision} …`);
  // On the disk of the packages, to which the copy's are hard links.
  const local = join(root, '.local');
  mkdirSync(local, { recursive: true });
  const folder = mkdtempSync(join(local, 'plan-review-'));
  const copy = join(folder, 'revision');
  try {
    await run(workshop, 'git', ['worktree', 'add', '--quiet', '--detach', copy, commit], { cwd: root, signal });
    // The bundler goes through a symbolic link and names the vendor files by where it led.
    linkTree(join(root, 'node_modules'), join(copy, 'node_modules'));
    const lock = (of: string): string => readFileSync(join(of, 'package-lock.json'), 'utf8');
    const note =
      lock(copy) === lock(root)
        ? undefined
        : `package-lock.json differs in ${revision}, and it was synthesized with the dependencies that are installed here`;
    await synthesizeIn(copy, { revision, note, signal }, workshop);
    const file = join(copy, 'cdktf.out', 'stacks', physicalName(stageConfig()), 'cdk.tf.json');
    if (!existsSync(file)) throw new Error(`${revision} synthesized no ${physicalName(stageConfig())}`);
    return { text: readFileSync(file, 'utf8'), note };
  } finally {
    await workshop.removeWorktree(copy);
    // An interrupted synth may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @throws Error where git knows no such revision, an option among them */
async function commitOf(revision: string, { root, exec }: Workshop): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  try {
    return (await exec('git', args, { cwd: root })).stdout.trim();
  } catch {
    throw new Error(`git knows no revision "${revision}" here; a shallow clone has few of them`);
  }
}

/** @throws Error that says so where other dependencies may be why */
async function synthesizeIn(
  copy: string,
  { revision, note, signal }: Omit<Synthesized, 'text'> & Omit<Place, 'cwd'> & { readonly revision: string },
  workshop: Workshop,
): Promise<void> {
  try {
    await run(workshop, process.execPath, ['infra/synth.ts'], { cwd: copy, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    const why = note === undefined ? '' : `\n${note}: that may be why`;
    throw new Error(`${revision} cannot be synthesized: ${(error as Error).message}${why}`);
  }
}

async function run({ exec }: Workshop, command: string, args: readonly string[], place: Place): Promise<void> {
  try {
    await exec(command, args, place);
  } catch (error) {
    if (place.signal?.aborted) throw new Error('interrupted');
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed: ${stderr?.trim() || error}`);
  }
}
