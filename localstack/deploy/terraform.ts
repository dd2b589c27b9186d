import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type TerraformState, withResource } from './adopt-resource.ts';
import { DeployError } from './deploy-error.ts';
import { terraformError, textOf } from './explain.ts';
import type { TerraformPlan } from './plan-differences.ts';
import { createProgress } from './progress.ts';

const run = promisify(execFile);
const planFile = 'deploy.tfplan';
const adoptedFile = 'adopted.tfstate';
/** A plan of a hundred resources is some megabytes of JSON. */
const maxOutput = 256 * 1024 * 1024;

export interface Terraform {
  init(): Promise<void>;
  /** Plans, saves the plan, and tells it. */
  plan(): Promise<TerraformPlan>;
  /** Applies the saved plan, `expected` being its number of changes; answers how many were made. */
  apply(expected: number, print: (line: string) => void): Promise<number>;
  /** Puts what is there already into the state, for types that Terraform can't import. */
  adopt(address: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  /** Takes resources out of the state; at the target they stay as they are. */
  forget(addresses: readonly string[]): Promise<void>;
  destroy(expected: number, print: (line: string) => void): Promise<number>;
  outputs(): Promise<Readonly<Record<string, string>>>;
  /** Addresses of the resources in the state. */
  resources(): Promise<readonly string[]>;
}

/** Terraform in the folder of a synthesized stack. Throws DeployError where there is no Terraform. */
export async function openTerraform(folder: string, projectRoot: string): Promise<Terraform> {
  const env = terraformEnvironment(folder, projectRoot);
  const args = (command: readonly string[]): string[] => [`-chdir=${folder}`, ...command];
  const terraform = async (...command: string[]): Promise<string> => {
    try {
      return (await run('terraform', args(command), { env: await env, maxBuffer: maxOutput })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw terraformError(String(command[0]), folder, `${stdout}\n${stderr}`);
    }
  };
  await assertInstalled(await env);

  /** Long commands tell how far they are. */
  const withProgress = async (command: string[], expected: number, print: (line: string) => void): Promise<number> => {
    const progress = createProgress(expected);
    const child = spawn('terraform', args(command), { env: await env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    let other = '';
    child.stderr.on('data', (chunk: Buffer) => {
      other += chunk.toString();
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const text = progress.read(line);
      if (text !== undefined) print(text);
    }
    if ((await ended) !== 0) {
      throw terraformError(String(command[0]), folder, textOf(progress.errors) || other);
    }
    return progress.done;
  };

  return {
    async init() {
      await terraform('init', '-input=false', '-no-color');
    },
    async plan() {
      await terraform('plan', '-input=false', '-no-color', '-lock-timeout=5s', `-out=${planFile}`);
      return JSON.parse(await terraform('show', '-json', planFile)) as TerraformPlan;
    },
    apply: (expected, print) => withProgress(['apply', '-json', '-input=false', planFile], expected, print),
    async adopt(address, attributes) {
      const state = JSON.parse(await terraform('state', 'pull')) as TerraformState;
      writeFileSync(join(folder, adoptedFile), JSON.stringify(withResource(state, address, attributes)));
      await terraform('state', 'push', adoptedFile);
      rmSync(join(folder, adoptedFile));
    },
    async forget(addresses) {
      await terraform('state', 'rm', '-lock-timeout=5s', ...addresses);
    },
    destroy: (expected, print) =>
      withProgress(['destroy', '-json', '-input=false', '-auto-approve', '-lock-timeout=5s'], expected, print),
    async outputs() {
      const outputs = JSON.parse(await terraform('output', '-json')) as Record<string, { value: string }>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
    async resources() {
      const listed = await terraform('state', 'list').catch((error: unknown) => {
        if (/No state file was found/.test(String(error))) return '';
        throw error;
      });
      return listed.split('\n').filter((address) => address !== '' && !address.startsWith('data.'));
    },
  };
}

async function assertInstalled(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run('terraform', ['version'], { env });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DeployError(
      missing ? 'Terraform is not on the PATH.' : `Terraform does not run: ${(error as Error).message}`,
      'install Terraform 1.10 or later: https://developer.hashicorp.com/terraform/install',
    );
  }
}

/** Without the shell's own AWS settings: a profile or an endpoint in it would speak against the target's. */
async function terraformEnvironment(folder: string, projectRoot: string): Promise<NodeJS.ProcessEnv> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^AWS_|^TF_VAR_|^TF_CLI_ARGS/.test(name)),
  );
  const noProxy = [env.NO_PROXY ?? env.no_proxy, 'localhost,127.0.0.1,::1'].filter(Boolean).join(',');
  return {
    ...env,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    ...(await pluginMirror(folder, projectRoot)),
  };
}

/** Where Terraform's configuration names no plugin mirror, a script beside the project may know one; else it asks the registry. */
async function pluginMirror(folder: string, projectRoot: string): Promise<NodeJS.ProcessEnv> {
  const { TF_CLI_CONFIG_FILE } = process.env;
  if (TF_CLI_CONFIG_FILE && existsSync(TF_CLI_CONFIG_FILE)) return {};
  const script = join(projectRoot, '..', 'shared', 'terraform-rc.sh');
  if (!existsSync(script)) return {};
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'terraform.rc');
  try {
    await run('bash', [script, file]);
    return { TF_CLI_CONFIG_FILE: file };
  } catch {
    return {};
  }
}
