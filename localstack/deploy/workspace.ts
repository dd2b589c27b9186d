import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DeployTarget, TargetAddress } from '../targets.ts';
import { DeployError } from './deploy-error.ts';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What a finished deploy leaves for tests and tools. */
export interface Deployment {
  readonly target: string;
  readonly kind: DeployTarget['kind'];
  readonly endpoint: string;
  /** Undefined where a gateway has to be started in front. */
  readonly apiUrl: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A target's own folder: synthesized stack, Terraform's state, and where both belong. */
export interface Workspace {
  /** Folder of the synthesized file, where Terraform runs. */
  readonly stackFolder: string;
  readonly hasState: boolean;
  /** Where the last deploy went. */
  readonly endpoint: string | undefined;
  synthesize(target: DeployTarget): Promise<void>;
  /** Throws DeployError where the state tells of another endpoint. */
  assertOwnState(endpoint: string): void;
  noteEndpoint(endpoint: string): void;
  /** Forgets what was deployed, but keeps the synthesized stack. */
  dropState(): void;
  writeDeployment(deployment: Deployment): void;
  readDeployment(): Deployment | undefined;
  /** Forgets the target. */
  remove(): void;
}

export function openWorkspace({ name }: Pick<TargetAddress, 'name'>, stage = process.env.STAGE || 'local'): Workspace {
  const folder = join(projectRoot, 'cdktf.out', 'targets', name);
  const stackName = `booking-saga-${stage}`;
  const stackFolder = join(folder, 'stacks', stackName);
  const stateFile = join(stackFolder, `${stackName}.tfstate`);
  const endpointFile = join(stackFolder, 'endpoint');
  const deploymentFile = join(stackFolder, 'deployment.json');
  return {
    stackFolder,
    get hasState() {
      return existsSync(stateFile);
    },
    get endpoint() {
      return existsSync(endpointFile) ? readFileSync(endpointFile, 'utf8') : undefined;
    },
    async synthesize(target) {
      await synth(folder, target);
    },
    assertOwnState(endpoint) {
      const own = this.endpoint;
      if (!this.hasState || own === undefined || own === endpoint) return;
      throw new DeployError(
        `The state in ${relative(projectRoot, stackFolder)} is of ${own}, not of ${endpoint}.`,
        `destroy that deployment first: AWS_ENDPOINT_URL=${own} npm run destroy:local -- --target ${name}; if the target is gone for good, add --forget`,
      );
    },
    noteEndpoint(endpoint) {
      mkdirSync(stackFolder, { recursive: true });
      writeFileSync(endpointFile, endpoint);
    },
    dropState() {
      for (const file of [stateFile, `${stateFile}.backup`, deploymentFile]) rmSync(file, { force: true });
    },
    writeDeployment(deployment) {
      writeFileSync(deploymentFile, `${JSON.stringify(deployment, undefined, 2)}\n`);
    },
    readDeployment() {
      return existsSync(deploymentFile) ? (JSON.parse(readFileSync(deploymentFile, 'utf8')) as Deployment) : undefined;
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process of its own: what is deployed knows the infrastructure's code only by what it writes. */
async function synth(folder: string, { endpoint, kind, httpApi }: DeployTarget): Promise<void> {
  const env = {
    ...process.env,
    CDKTF_OUTDIR: folder,
    TARGET_ENDPOINT: endpoint,
    TARGET_HTTP_API: httpApi ? 'yes' : 'no',
    // Not on MiniStack, which drops answers under so many requests at a time.
    TARGET_CODE_BUCKET: kind === 'localstack' ? 'yes' : 'no',
    TARGET_ARCHITECTURE: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    // Both emulators tell functions where they are, as seen from the function, which may be in a container.
    TARGET_FUNCTION_ENDPOINT: kind === 'other' ? endpoint : '',
    TF_STATE_BUCKET: '',
  };
  try {
    await promisify(execFile)(process.execPath, [join(projectRoot, 'infra', 'synth-if-stale.ts')], {
      cwd: projectRoot,
      env,
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new DeployError(
      `The stack could not be synthesized:\n\n${stderr.trim()}`,
      'mend what it says, try npm run synth',
    );
  }
}
