/** `npm run target:start` and `target:stop`: an emulator on this machine without Docker, for tests and CI. Prints its endpoint. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DeployError, fail } from './deploy/deploy-error.ts';
import { openWorkspace, projectRoot } from './deploy/workspace.ts';

const scripts = {
  localstack: { folder: join(projectRoot, '..', 'shared', 'localstack'), start: ['install.sh', 'start.sh'] },
  ministack: { folder: join(projectRoot, 'localstack', 'ministack'), start: ['start.sh'] },
} as const;

export type LocalTarget = keyof typeof scripts;

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

if (import.meta.main) {
  try {
    const [command = '', target = ''] = process.argv.slice(2);
    const port = Number(process.env.AWS_PORT || '4566');
    if (!Object.hasOwn(scripts, target) || !['start', 'stop'].includes(command) || !Number.isInteger(port)) {
      throw new DeployError(
        `"${[command, target].join(' ').trim()}" (AWS_PORT=${process.env.AWS_PORT ?? ''}) makes no sense.`,
        'npm run target:start -- localstack|ministack, npm run target:stop -- localstack|ministack, with AWS_PORT for another port than 4566',
      );
    }
    if (command === 'start') console.log(await startTarget(target as LocalTarget, port));
    else await stopTarget(target as LocalTarget, port);
    // Pipes that the emulator inherited would keep this process.
    process.exit();
  } catch (error) {
    fail(error);
  }
}
