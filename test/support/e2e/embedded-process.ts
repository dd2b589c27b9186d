import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunningProcess {
  readonly apiUrl: string;
  readonly awsUrl: string;
  stop(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

export interface StartingProcess extends Pick<RunningProcess, 'kill'> {
  /** Rejects with what it printed where it ends before it is open. */
  readonly open: Promise<RunningProcess>;
}

type Environment = Readonly<Record<string, string>>;

interface Lifetime {
  /** Lets this process end whether it was stopped or not, and ends with it. */
  readonly endsWithParent?: boolean;
}

/** As `npm start` runs Node. */
const startWords = (packageJson.scripts.start.split('&&').at(-1) ?? '').split(' ');
const nodeFlags = startWords.filter((word) => word.startsWith('--'));
const variables: Environment = Object.fromEntries(
  startWords.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=')),
);
const endWithParent = ['--import', './test/support/e2e/end-with-parent.mjs'];

/** Starts the local cloud as `npm start -- --quiet --no-watch` does, on free ports, and reads its URLs off what it prints. */
export function startEmbeddedProcess(
  args: readonly string[] = [],
  environment: Environment = {},
  lifetime: Lifetime = {},
): Promise<RunningProcess> {
  return spawnEmbeddedProcess(args, environment, lifetime).open;
}

/** The same where it may be killed before it is open. */
export function spawnEmbeddedProcess(
  args: readonly string[] = [],
  environment: Environment = {},
  { endsWithParent = false }: Lifetime = {},
): StartingProcess {
  const flags = endsWithParent ? [...nodeFlags, ...endWithParent] : nodeFlags;
  const child = spawn(process.execPath, [...flags, 'localstack/embedded/main.mjs', '--quiet', '--no-watch', ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...variables, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', ...environment },
    stdio: 'pipe',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  let printed = '';
  const open = new Promise<RunningProcess>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const match = /open at (http:\S+) +\(AWS endpoint (http:[^,]+),/.exec(printed);
      if (match === null) return;
      if (endsWithParent) release(child);
      resolve({ apiUrl: match[1] ?? '', awsUrl: match[2] ?? '', stop: end('SIGTERM'), kill: end('SIGKILL') });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`The local cloud ended with code ${code}:\n${printed}`)));
  });
  // Given only on demand.
  open.catch(() => undefined);
  return { open, kill: end('SIGKILL') };
}

/** Neither the process nor what it prints keeps this one from ending. */
function release(child: ChildProcessWithoutNullStreams): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
}
