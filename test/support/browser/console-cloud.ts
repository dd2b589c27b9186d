import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The local cloud as `npm start` runs it, which a test may stop and start again with its data. */
export interface ConsoleCloud {
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly consoleUrl: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
  /** Books by the demo route. @returns the execution's name */
  book(runType: string, trip: string, more?: Readonly<Record<string, string>>): Promise<string>;
}

export async function openConsoleCloud(): Promise<ConsoleCloud> {
  const data = mkdtempSync(join(tmpdir(), 'console-cloud-'));
  const [port, awsPort] = [await freePort(), await freePort()];
  const apiUrl = `http://localhost:${port}`;
  let running: ChildProcess | undefined;

  async function start(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['localstack/embedded/main.ts', '--no-watch', '--quiet', '--retry-scale', '0', '--data', data],
      { env: { ...process.env, PORT: String(port), AWS_PORT: String(awsPort), NODE_OPTIONS: '' }, stdio: 'ignore' },
    );
    running = child;
    const isUp = (): Promise<boolean> =>
      fetch(`${apiUrl}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isUp())) {
      if (child.exitCode !== null) throw new Error(`The local cloud ended with ${child.exitCode}`);
      await sleep(50);
    }
  }

  async function stop(): Promise<void> {
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }

  await start();
  return {
    apiUrl,
    awsUrl: `http://localhost:${awsPort}`,
    consoleUrl: `${apiUrl}/_console`,
    start,
    stop,
    async close() {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
    async book(runType, trip, more = {}) {
      const query = new URLSearchParams({ runType, tripID: trip, ...more });
      const { executionId } = (await (await fetch(`${apiUrl}/?${query}`)).json()) as { readonly executionId: string };
      return executionId;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
