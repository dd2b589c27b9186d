import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { type Copy, copyOfProject } from '../infra/add-a-leg/walk.ts';

const zip = 'dist/functions/faults/health/health.zip';
const leg = 'functions/hotel/leg.ts';
/** The watcher takes what is saved closer together at once. */
const MORE_THAN_SETTLES_MS = 50;

let copy: Copy;

beforeAll(() => {
  copy = copyOfProject();
  for (const built of ['dist', 'cdktf.out'])
    cpSync(join(projectRoot, built), join(copy.root, built), { recursive: true });
}, 120_000);

afterAll(() => copy?.remove());

/** Milliseconds since the epoch; of a zip that is being replaced, none. */
const zippedAt = (): number | undefined => statSync(join(copy.root, zip), { throwIfNoEntry: false })?.mtimeMs;

/** Resolves once the synth has bundled, and so reads no source any more. */
async function isBundled(before: number | undefined): Promise<void> {
  for (let now = zippedAt(); now === undefined || now === before; now = zippedAt()) await new Promise(setImmediate);
}

it('leaves what is saved during the synth of legs to the next process, without a word of its own', async () => {
  const before = zippedAt();
  const watcher = fork('infra/watch/main.ts', [String(Date.now()), 'functions/legs.ts'], {
    cwd: copy.root,
    env: { ...process.env, NODE_OPTIONS: '', CDKTF_OUTDIR: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [watcher.stdout, watcher.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk));
  const messages: { type: string; next?: string[] }[] = [];
  watcher.on('message', (message) => {
    messages.push(message as (typeof messages)[number]);
    // As the parent does, which has started the next one.
    if (messages.at(-1)?.type !== 'synthesizing' && watcher.connected) watcher.disconnect();
  });

  await isBundled(before);
  const ended = once(watcher, 'exit');
  // The build after each save would fail at once, and its parent is gone.
  while (watcher.connected) {
    appendFileSync(join(copy.root, leg), 'this is no TypeScript\n');
    await sleep(MORE_THAN_SETTLES_MS);
  }
  const [code] = await ended;

  expect(printed).toBe('');
  expect(code).toBe(0);
  expect(messages).toEqual([
    { type: 'synthesizing' },
    { type: 'synthesized', savedAt: expect.any(Number), next: [expect.any(String), leg] },
  ]);
}, 120_000);
