import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { wantedNode } from '../node-version.mjs';
import { projectRoot } from '../paths.ts';
import { chromiumCommands } from './chromium.ts';
import type { Machine } from './diagnosis.ts';
import { portsOf } from './ports.ts';

/** Looks at this machine; starts nothing, changes nothing, and asks no other machine. */
export async function examine(environment: NodeJS.ProcessEnv = process.env): Promise<Machine> {
  return {
    platform: process.platform,
    // npm/11.19.1 node/v22.18.0 linux x64
    npmNode: /\bnode\/(v\S+)/.exec(environment.npm_config_user_agent ?? '')?.[1],
    scriptNode: process.version,
    wantedNode: wantedNode(),
    hasPackages: hasPackages(),
    ports: await portsOf(environment),
    terraform: versionOf('terraform'),
    python: versionOf('python3'),
    awsCli: versionOf('aws'),
    credentials: credentialsOf(environment),
    chromium: firstVersionOf(chromiumCommands),
  };
}

function firstVersionOf(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const version = versionOf(command);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** The first version number that `--version` prints. */
function versionOf(command: string): string | undefined {
  const { stdout, stderr, error } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return error === undefined ? /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] : undefined;
}

/** Whether the lock file that npm keeps of what it installed has every package of ours that this system needs, in its version. */
function hasPackages(): boolean {
  const installed = join(projectRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const versions = (file: string): Readonly<Record<string, { version?: string; optional?: boolean; link?: boolean }>> =>
    JSON.parse(readFileSync(file, 'utf8')).packages;
  const there = versions(installed);
  return Object.entries(versions(join(projectRoot, 'package-lock.json')))
    .filter(([path, { optional, link }]) => path.startsWith('node_modules/') && optional !== true && link !== true)
    .every(([path, { version }]) => there[path]?.version === version);
}

/** Where the AWS CLI would look first; whether they are valid only AWS could say. */
function credentialsOf(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment.AWS_ACCESS_KEY_ID) return 'environment';
  if (environment.AWS_PROFILE) return `profile ${environment.AWS_PROFILE}`;
  const file = environment.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials');
  return existsSync(file) ? 'profile default' : undefined;
}
