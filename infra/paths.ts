import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of package.json: all relative paths of the build and the synth start here, from any working directory. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

export const distFolder = join(projectRoot, 'dist', 'functions');
/** `<SHA-256 of a bundle, hex>.map`, of stage local. */
export const sourceMapFolder = join(projectRoot, 'dist', 'source-maps');
export const openApiFile = join(projectRoot, 'schema', 'openapi.json');
/** Which provider Terraform takes, with the hashes of every platform. */
export const providerLockFile = join(projectRoot, 'infra', 'terraform.lock.hcl');
export const aslFile = join(projectRoot, 'statemachine', 'booking-saga.asl.json');
/** Started as a process: `draw FILE` lays a state machine out, where that is not done yet. */
export const drawCommand = join(projectRoot, 'localstack', 'console', 'build', 'main.ts');

/** The CDKTF CLI names its output folder in `CDKTF_OUTDIR`. */
export function outputFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.CDKTF_OUTDIR || join(projectRoot, 'cdktf.out');
}

/** Where the synth of a stack goes: the one description that every target reads. */
export function stackFile(stackName: string, output = outputFolder()): string {
  return join(output, 'stacks', stackName, 'cdk.tf.json');
}
