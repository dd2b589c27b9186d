import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';

let npm: ChildProcess | undefined;

afterEach(() => {
  // Its own group, so that what a failed test left running is ended with it.
  if (npm?.pid !== undefined) {
    try {
      process.kill(-npm.pid, 'SIGKILL');
    } catch {
      // Nothing was left.
    }
  }
});

/** A server that is closing may still reset connections: only a refused one tells that the port is free. */
const isOpen = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => true,
    ({ cause }: { cause?: { code?: string } }) => cause?.code !== 'ECONNREFUSED',
  );

it('given npm start, when npm is told to end, then the local cloud ends and leaves its ports', async () => {
  const environment = { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '' };
  const started = spawn('npm', ['start'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  npm = started;
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    started.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
      const [, found] = /open at (http:\S+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    started.once('exit', () => reject(new Error(`npm start ended:\n${printed}`)));
  });
  expect(await isOpen(url)).toBe(true);

  started.kill('SIGTERM');

  // Ends by the test's own time-out where the local cloud lives on; warming functions may keep a busy machine from ending it.
  while (await isOpen(url)) await delay(50);
}, 120_000);

it('given a Node that is too old, when npm start is called with it, then it says so in one line', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const [, ...first] = scripts.start.split('&&')[0]?.trim().split(' ') ?? [];
  const older = "data:text/javascript,Object.defineProperty(process, 'version', { value: 'v20.20.2' })";

  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, ...first], { encoding: 'utf8' });

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Node v20\.20\.2 cannot run this: it needs Node .*\n$/);
});
