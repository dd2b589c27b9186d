import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { wantedNode } from '../node-version.mjs';
import { projectRoot } from '../paths.ts';
import { chromiumCommands } from './chromium.ts';
import type { Machine } from './diagnosis.ts';
import { portsOf } from './ports.ts';

/** How the probes look at a machine. */
export interface Sight {
  /** What a command prints when it is asked for its version; undefined where it cannot be run. */
  readonly printed: (command: string) => string | undefined;
  readonly isThere: (file: string) => boolean;
  /** A file that is there. */
  readonly textOf: (file: string) => string;
  readonly isFree?: (port: number) => Promise<boolean>;
}

const sightOfThisMachine: Sight = {
  printed(command) {
    const { stdout, stderr, error } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    return error === undefined ? `${stdout}${stderr}` : undefined;
  },
  isThere: existsSync,
  textOf: (file) => readFileSync(file, 'utf8'),
};

/** Looks at this machine; starts nothing, changes nothing, and asks no other machine. */
export async function examine(
  environment: NodeJS.ProcessEnv = process.env,
  sight: Sight = sightOfThisMachine,
): Promise<Machine> {
  const versionOf = (command: string) => firstVersionOf([command], sight);
  return {
    platform: process.platform,
    // npm/11.19.1 node/v22.18.0 linux x64
    npmNode: /\bnode\/(v\S+)/.exec(environment.npm_config_user_agent ?? '')?.[1],
    scriptNode: process.version,
    wantedNode: wantedNode(),
    hasPackages: hasPackages(sight),
    ports: await portsOf(environment, sight.isFree),
    terraform: versionOf('terraform'),
    python: versionOf('python3'),
    awsCli: versionOf('aws'),
    credentials: credentialsOf(environment, sight),
    chromium: firstVersionOf(chromiumCommands, sight),
  };
}

/** The first version number that one of the commands prints. */
function firstVersionOf(commands: readonly string[], { printed }: Sight): string | undefined {
  for (const command of commands) {
    const version = /\d+(?:\.\d+)+/.exec(printed(command) ?? '')?.[0];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Whether the lock file that npm keeps of what it installed has every package of ours that this system needs, in its version. */
function hasPackages({ isThere, textOf }: Sight): boolean {
  const installed = join(projectRoot, 'node_modules', '.package-lock.json');
  if (!isThere(installed)) return false;
  const versions = (file: string): Readonly<Record<string, { version?: string; optional?: boolean; link?: boolean }>> =>
    JSON.parse(textOf(file)).packages;
  const there = versions(installed);
  return Object.entries(versions(join(projectRoot, 'package-lock.json')))
    .filter(([path, { optional, link }]) => path.startsWith('node_modules/') && optional !== true && link !== true)
    .every(([path, { version }]) => there[path]?.version === version);
}

/** Where the AWS CLI would look first; whether they are valid only AWS could say. */
function credentialsOf(environment: NodeJS.ProcessEnv, { isThere }: Sight): string | undefined {
  if (environment.AWS_ACCESS_KEY_ID) return 'environment';
  if (environment.AWS_PROFILE) return `profile ${environment.AWS_PROFILE}`;
  const file = environment.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials');
  return isThere(file) ? 'profile default' : undefined;
}
