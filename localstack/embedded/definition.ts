import type { Cloud, CloudOptions } from './cloud-contract.ts';

/** What a project says of its own local cloud, in `local-cloud.config.ts` of the folder that the command runs in. */
export interface CloudDefinition extends Pick<CloudOptions, 'keyFile' | 'pages' | 'synthesizeCommand' | 'tempFolder'> {
  /** How the project starts it, `local-cloud` by default; the usage names it. */
  readonly command?: string;
  /** The stack file where `--stack` names none. */
  readonly stackFile?: (environment: NodeJS.ProcessEnv) => string;
  /** What is printed once the cloud is open. */
  readonly greeting?: (cloud: Cloud, startSeconds: number) => string;
}

/** For the editor: a definition whose members are checked. */
export const defineCloud = (definition: CloudDefinition): CloudDefinition => definition;
