import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunningProcess {
  readonly apiUrl: string;
  readonly awsUrl: string;
  stop(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

/** Starts the local cloud as `npm start` does, on free ports, and reads its URLs off what it prints. */
export function startEmbeddedProcess(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningProcess> {
  const child = spawn(process.execPath, ['localstack/embedded/main.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const match = /open at (http:\S+) +\(AWS endpoint (http:[^,]+),/.exec(printed);
      if (match === null) return;
      resolve({
        apiUrl: match[1] ?? '',
        awsUrl: match[2] ?? '',
        async stop() {
          child.kill('SIGTERM');
          await exited;
        },
        async kill() {
          child.kill('SIGKILL');
          await exited;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`The local cloud ended with code ${code}:\n${printed}`)));
  });
}
