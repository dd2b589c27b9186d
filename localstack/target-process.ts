/** `npm run target:start` and `target:stop`: an emulator on this machine without Docker, for tests and CI. Prints its endpoint. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { DeployError } from './deploy/deploy-error.ts';
import { openWorkspace, projectRoot } from './deploy/workspace.ts';

const scripts = {
  localstack: { folder: join(projectRoot, '..', 'shared', 'localstack'), start: ['install.sh', 'start.sh'] },
  ministack: { folder: join(projectRoot, 'localstack', 'ministack'), start: ['start.sh'] },
} as const;

export type LocalTarget = keyof typeof scripts;

const isLocalTarget = (name: string): name is LocalTarget => Object.hasOwn(scripts, name);

/** Installs it where needed, starts it, waits until it is healthy. Answers its endpoint; throws DeployError with its own words. */
export async function startTarget(target: LocalTarget, port: number): Promise<string> {
  const { folder, start } = scripts[target];
  let printed = '';
  for (const script of start) printed = await runScript(target, join(folder, script), port);
  return printed.trim().split('\n').at(-1) ?? '';
}

/** Stops it, and forgets what was deployed there: it keeps nothing, and the next one may be on another port. */
export async function stopTarget(target: LocalTarget, port: number): Promise<void> {
  await runScript(target, join(scripts[target].folder, 'stop.sh'), port);
  const workspace = openWorkspace({ name: target });
  if (workspace.endpoint !== undefined && new URL(workspace.endpoint).port === String(port)) workspace.dropState();
}

function runScript(target: LocalTarget, script: string, port: number): Promise<string> {
  if (!existsSync(script)) {
    throw new DeployError(
      `${script} is not there, so ${target} cannot be started without Docker.`,
      'docker compose -f localstack/docker-compose.yml up localstack starts it with Docker, and the deploy is the same',
    );
  }
  // Node of this process runs the functions, too, unless another is named.
  const env = { ...process.env, PORT: String(port), LAMBDA_NODE: process.env.LAMBDA_NODE ?? process.execPath };
  const child = spawn('bash', [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // `exit`, not `close`: the emulator itself lives on.
    child.once('exit', (code) => {
      if (code === 0) resolve(stdout);
      else
        reject(
          new DeployError(
            `${basename(script)} of ${target} failed (${script}, exit code ${code}).\n\n${stderr.trim()}`,
            'see above',
          ),
        );
    });
  });
}

const usageOf = (command: string): string => `npm run target:${command} -- localstack|ministack

  AWS_PORT   its port (default: 4566)
  --help     this text`;

if (import.meta.main) {
  const [command, ...args] = process.argv.slice(2);
  const name = command === 'stop' ? 'stop' : 'start';
  await runCommand(`target:${name}`, usageOf(name), { args, allowPositionals: true }, async ({ positionals }) => {
    const [target = ''] = positionals;
    const port = Number(process.env.AWS_PORT || '4566');
    if (!isLocalTarget(target) || positionals.length > 1)
      throw new UsageError(`"${positionals.join(' ')}" is no target`);
    if (!Number.isInteger(port)) throw new UsageError(`AWS_PORT must be a port number, not "${process.env.AWS_PORT}"`);
    if (name === 'start') console.log(await startTarget(target, port));
    else await stopTarget(target, port);
  });
  // Pipes that the emulator inherited would keep this process.
  process.exit();
}
