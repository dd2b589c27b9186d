import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProcess, startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';

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
  const args = ['--retry-scale', '0', '--data', data];
  let running: RunningProcess | undefined = await startEmbeddedProcess(args);
  const { apiUrl, awsUrl } = running;
  // Pages and clients know these from before.
  const ports = { PORT: new URL(apiUrl).port, AWS_PORT: new URL(awsUrl).port };

  async function start(): Promise<void> {
    running = await startEmbeddedProcess(args, ports);
  }

  async function stop(): Promise<void> {
    await running?.stop();
    running = undefined;
  }

  return {
    apiUrl,
    awsUrl,
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
