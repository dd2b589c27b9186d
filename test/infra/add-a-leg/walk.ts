import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '#infra/paths.ts';

const page = readFileSync(join(projectRoot, 'docs/add-a-leg.md'), 'utf8');
const aslPatch = 'docs/add-a-leg/booking-saga.asl.patch';

/** Blocks of the page, in order, by the words behind their backticks. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block ?? '');

const made = new Set(['node_modules', '.git', '.local', 'cdktf.out', 'dist', 'coverage']);

type Commands = Readonly<Record<string, string>>;

/** Not that of Jest's worker: the copy has an output folder and tests of its own. */
function ownEnvironment(root: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const NODE_COMPILE_CACHE = join(projectRoot, '.local/compile-cache');
  return { HOME, NODE_COMPILE_CACHE, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${PATH}` };
}

export interface Ran {
  readonly code: number;
  readonly output: string;
}

export interface Copy {
  readonly root: string;
  /** Runs a script of the project as `npm run` does, without the second that npm itself takes. */
  run(script: string, options?: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Puts another text into a file, or takes the file away, while it looks. */
  without<T>(file: string, instead: string | undefined, look: () => Promise<T>): Promise<T>;
  remove(): void;
}

/** A copy of the project without what is built, on the same packages. */
export function copyOfProject(): Copy {
  const root = mkdtempSync(join(tmpdir(), 'add-a-leg-'));
  cpSync(projectRoot, root, {
    recursive: true,
    filter: (source) =>
      !relative(projectRoot, source)
        .split('/')
        .some((name) => made.has(name)),
  });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    async run(script, options = [], environment = {}) {
      const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Commands };
      const child = spawn('sh', ['-c', `${scripts[script]} "$@"`, script, ...options], {
        cwd: root,
        env: { ...ownEnvironment(root), ...environment },
      });
      // Not waited for in one go: the cloud that the script asks may be in this process.
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      return { code: (code as number | null) ?? 1, output: `${stdout}${stderr}` };
    },
    async without(file, instead, look) {
      const path = join(root, file);
      const changed = readFileSync(path, 'utf8');
      if (instead === undefined) rmSync(path);
      else writeFileSync(path, instead);
      try {
        return await look();
      } finally {
        writeFileSync(path, changed);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The edits of the page, in its order. */
export function writeLeg(copy: Copy): void {
  writeRecord(copy);
  writeStates(copy);
}

/** The leg's record, and all that the page changes but for the state machine. */
export function writeRecord({ root }: Copy): void {
  const record = 'functions/insurance/leg.ts';
  const [source = ''] = blocks(`ts ${record}`);
  mkdirSync(dirname(join(root, record)), { recursive: true });
  writeFileSync(join(root, record), source);
  for (const patch of blocks('diff')) apply(root, patch);
}

export function writeStates({ root }: Copy): void {
  apply(root, readFileSync(join(projectRoot, aslPatch), 'utf8'));
}

function apply(root: string, patch: string): void {
  const { status, stderr } = spawnSync('git', ['apply', '--unsafe-paths', '-'], {
    cwd: root,
    input: patch,
    encoding: 'utf8',
  });
  if (status !== 0) {
    const advice =
      'after a leg of your own, its patches and that of docs/add-a-leg have to fit your list and state machine';
    throw new Error(`A patch of docs/add-a-leg.md does not apply; ${advice}: ${stderr}`);
  }
}

/** The project's own version of a file, before the leg. */
export const original = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');
