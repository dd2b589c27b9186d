/** The command `local-cloud` with a data folder, as a process that may be killed, and its AWS API. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../main.mjs', import.meta.url));

export type Answer = Readonly<Record<string, unknown>>;

export interface KilledCloud {
  /** Rejects with AWS's error code, or where the process is gone. */
  call(target: string, input: object): Promise<Answer>;
  /** Asynchronous. */
  invoke(functionName: string, payload: object): Promise<void>;
  kill(): Promise<void>;
}

export async function startKilledCloud(stackFile: string, dataFolder: string): Promise<KilledCloud> {
  const child = spawn(process.execPath, [main, '--stack', stackFile, '--data', dataFolder, '--quiet'], {
    // Where no project says what its cloud is.
    cwd: dirname(stackFile),
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(child);
  const post = async (path: string, headers: Record<string, string>, body: object): Promise<Response> => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.ok) return response;
    throw new Error(((await response.json()) as { __type: string }).__type);
  };
  return {
    async call(target, input) {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
      return (await (await post('/', headers, input)).json()) as Answer;
    },
    async invoke(functionName, payload) {
      await post(`/2015-03-31/functions/${functionName}/invocations`, { 'x-amz-invocation-type': 'Event' }, payload);
    },
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** What it prints later is read and forgotten. */
function addressOf({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    for (const stream of [stdout, stderr]) {
      stream.on('data', (chunk) => {
        printed = `${printed}${chunk}`.slice(0, 10_000);
        const [, url] = /AWS endpoint is open at (http:\S+)/.exec(printed) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    stdout.once('end', () => reject(new Error(`The local cloud ended: ${printed}`)));
  });
}
