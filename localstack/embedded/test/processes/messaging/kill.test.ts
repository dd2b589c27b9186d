import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMessaging } from '#embedded/messaging/index.ts';
import { openStore } from '#embedded/store/index.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { type Call, type Line, messagingOptions, urlOf } from './queue-log.ts';
import { after, type Contents, type Placed, problemsOf } from './queue-model.ts';

const client = fileURLToPath(new URL('queue-client.ts', import.meta.url));
const rounds = 8;
const mostLines = 400;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-queues-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the client said until it was killed, so many lines after its start. */
async function linesUntilKilled(seed: number, firstBody: number, lines: number): Promise<Line[]> {
  const child = spawn(process.execPath, [client, folder, String(seed), String(firstBody)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const said: Line[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(JSON.parse(line));
    if (said.length === lines) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return said;
}

/** Receives everything once. @returns what was there before, and what is there now */
async function drained(): Promise<{ found: Contents; left: Contents; twice: string[] }> {
  const store = openStore(folder);
  const { sqs, close } = createMessaging({
    ...messagingOptions,
    store,
  });
  const [found, left, twice] = [new Map<string, Placed>(), new Map<string, Placed>(), [] as string[]];
  const take = async (from: Placed['queue'], was: Placed['queue'] = from): Promise<void> => {
    const input = { QueueUrl: urlOf(from), MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 };
    for (;;) {
      const wanted = { ...input, MessageSystemAttributeNames: ['ApproximateReceiveCount'] };
      const answer = await sqs.call('ReceiveMessage', wanted, { roleArn: 'arn:aws:iam::000000000000:role/test' });
      const messages = (answer.Messages ?? []) as { Body: string; Attributes: Record<string, string> }[];
      if (messages.length === 0) return;
      for (const { Body, Attributes } of messages) {
        if (found.has(Body)) twice.push(Body);
        const receives = Number(Attributes.ApproximateReceiveCount);
        found.set(Body, { queue: was, receives: receives - 1 });
        left.set(Body, { queue: from, receives });
      }
    }
  };
  await take('dead');
  await take('orders');
  // Those that the receive from the orders gave up.
  await take('dead', 'orders');
  await close();
  await store.close();
  return { found, left, twice };
}

describe('queues with a data folder', () => {
  it.each([1, 2])(
    'given kills at any moment (seed %i), then they hold what was acknowledged, and no message is in two',
    async (seed) => {
      const { fraction } = createVirtualTime({ seed }).randomness;
      let contents: Contents = new Map();
      let firstBody = 0;
      const kinds = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        const lines = await linesUntilKilled(seed * 100 + round, firstBody, 1 + Math.floor(fraction() * mostLines));
        let last: Call | undefined;
        const problems: string[] = [];
        for (const line of lines) {
          if ('call' in line) last = line.call;
          if (last?.kind === 'send') firstBody = Math.max(firstBody, ...last.bodies.map((body) => Number(body) + 1));
          if ('call' in line || !last) continue;
          kinds.add(line.outcome.dead.length > 0 ? 'dead' : last.kind);
          const [next, wrong] = after(contents, last, line.outcome);
          problems.push(...wrong);
          contents = next;
          last = undefined;
        }
        const { found, left, twice } = await drained();
        expect({ round, problems: [...problems, ...problemsOf(found, contents, last)], twice }).toEqual({
          round,
          problems: [],
          twice: [],
        });
        contents = left;
      }

      expect([...kinds].sort()).toEqual(['dead', 'delete', 'moveBack', 'receive', 'send']);
      expect(contents.size).toBeGreaterThan(0);
    },
  );
});
