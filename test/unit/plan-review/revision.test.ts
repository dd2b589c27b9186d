import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { synthesizeHere, synthesizeRevision, type Workshop } from '#infra/plan-review/revision.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'revision-'));
  write(join(root, 'package-lock.json'), 'lock');
  write(join(root, 'node_modules', 'a', 'index.js'), 'a');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const stack = join('stacks', 'booking-saga-local', 'cdk.tf.json');

interface Revision {
  readonly lock?: string;
  /** What its synth does in the copy. */
  readonly synth?: (copy: string) => void;
}

/** A project whose git knows one revision. */
function aProject({ lock = 'lock', synth = (copy) => write(join(copy, 'cdktf.out', stack), '{"of":"it"}') }: Revision) {
  const [asked, said, removed]: [string[], string[], string[]] = [[], [], []];
  const workshop: Workshop = {
    root,
    exec: async (command, args, { cwd }) => {
      asked.push([command === 'git' ? 'git' : 'node', args[0]].join(' '));
      if (args[0] === 'rev-parse') {
        if (args.at(-1) !== 'v1^{commit}') throw new Error('exit code 1');
        return { stdout: '0123abc\n' };
      }
      if (args[0] === 'worktree') {
        expect([cwd, args.at(-1)]).toEqual([root, '0123abc']);
        write(join(String(args.at(-2)), 'package-lock.json'), lock);
      } else synth(cwd);
      return { stdout: '' };
    },
    removeWorktree: async (folder) => {
      expect(existsSync(dirname(folder))).toBe(true);
      removed.push(folder);
    },
  };
  const synthesize = (revision = 'v1', signal?: AbortSignal) =>
    synthesizeRevision(revision, { say: (line) => void said.push(line), ...(signal && { signal }) }, workshop);
  return { workshop, asked, said, removed, synthesize };
}

function failing(error: unknown) {
  return () => {
    throw error;
  };
}

const differs = 'package-lock.json differs in v1, and it was synthesized with the dependencies that are installed here';

describe('the synthesized file of a revision', () => {
  it('is made in a copy of it with the packages of the project, and the copy is taken away', async () => {
    const packages: string[] = [];
    const { asked, said, removed, synthesize } = aProject({
      synth: (copy) => {
        packages.push(readFileSync(join(copy, 'node_modules', 'a', 'index.js'), 'utf8'));
        write(join(copy, 'cdktf.out', stack), '{"of":"it"}');
      },
    });

    expect(await synthesize()).toEqual({ text: '{"of":"it"}', note: undefined });
    expect(asked).toEqual(['git rev-parse', 'git worktree', 'node infra/synth.ts']);
    expect([packages, said]).toEqual([['a'], ['synthesizing v1 …']]);
    expect([removed.length, readdirSync(join(root, '.local'))]).toEqual([1, []]);
  });

  it('has a note where its packages were others', async () => {
    expect((await aProject({ lock: 'another lock' }).synthesize()).note).toBe(differs);
  });

  it('is refused where git knows no such revision, before anything is copied', async () => {
    const { asked, said, synthesize } = aProject({});

    await expect(synthesize('v2')).rejects.toThrow(
      /^git knows no revision "v2" here; a shallow clone has few of them$/,
    );
    expect([asked, said, existsSync(join(root, '.local'))]).toEqual([['git rev-parse'], [], false]);
  });

  it('is missed where its synth made another', async () => {
    await expect(aProject({ synth: () => undefined }).synthesize()).rejects.toThrow(
      /^v1 synthesized no booking-saga-local$/,
    );
  });

  it.each<[string, unknown, string]>([
    ['what it wrote', Object.assign(new Error('exit code 1'), { stderr: ' no such type\n' }), 'no such type'],
    [
      'the error where it wrote nothing',
      Object.assign(new Error('exit code 1'), { stderr: ' ' }),
      'Error: exit code 1',
    ],
    ['the error where it did not start', new Error('no such program'), 'Error: no such program'],
  ])('names, where its synth fails, %s', async (_, error, reason) => {
    const { removed, synthesize } = aProject({ synth: failing(error) });

    await expect(synthesize()).rejects.toThrow(
      `v1 cannot be synthesized: ${process.execPath} infra/synth.ts failed: ${reason}`,
    );
    expect([removed.length, readdirSync(join(root, '.local'))]).toEqual([1, []]);
  });

  it('names the packages, where its synth fails and they were others', async () => {
    await expect(aProject({ lock: 'another lock', synth: failing(new Error('x')) }).synthesize()).rejects.toThrow(
      `failed: Error: x\n${differs}: that may be why`,
    );
  });

  it('is not made any more where that is interrupted, and the copy is taken away', async () => {
    const controller = new AbortController();
    const { removed, synthesize } = aProject({
      synth: () => {
        controller.abort();
        throw new Error('killed');
      },
    });

    await expect(synthesize('v1', controller.signal)).rejects.toThrow(/^interrupted$/);
    expect([removed.length, readdirSync(join(root, '.local'))]).toEqual([1, []]);
  });
});

it('the synthesized file of the working tree is read once it is made', async () => {
  process.env.CDKTF_OUTDIR = join(root, 'out');
  const { workshop, asked } = aProject({ synth: () => write(join(root, 'out', stack), '{"of":"here"}') });
  const said: string[] = [];

  try {
    expect(await synthesizeHere({ say: (line) => void said.push(line) }, workshop)).toBe('{"of":"here"}');
  } finally {
    delete process.env.CDKTF_OUTDIR;
  }
  expect([asked, said]).toEqual([['node infra/synth-if-stale.ts'], ['synthesizing the working tree, if it changed …']]);
});
