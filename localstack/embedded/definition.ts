import type { Cloud, CloudOptions } from './cloud-contract.ts';
import type { SwapRequest } from './swap.ts';
import type { Closable } from './types.ts';

/** What a watch of sources may do with the running cloud. */
export interface WatchDoor {
  /** Takes what was built, and tells the user what came of it, and how long after it was saved, in epoch milliseconds. Never rejects. */
  swap(request: SwapRequest, savedAt?: number): Promise<void>;
  /** Tells the user what is being done. */
  say(text: string): void;
  /** Tells the user that something cannot be built, and why. */
  complain(text: string): void;
  /** Names of the functions that run. */
  functions(): readonly string[];
}

/** What a project says of its own local cloud, in `local-cloud.config.ts` of the folder that the command runs in. */
export interface CloudDefinition
  extends Pick<CloudOptions, 'keyFile' | 'page' | 'pages' | 'synthesizeCommand' | 'tempFolder'> {
  /** How the project starts it, `local-cloud` by default; the usage names it. */
  readonly command?: string;
  /** The stack file where `--stack` names none. */
  readonly stackFile?: (environment: NodeJS.ProcessEnv) => string;
  /** Folder of source maps, `<SHA-256 of the bundle, hex>.map`, by which errors are told at the line of the source. */
  readonly sourceMaps?: string;
  /** Watches the project's sources, builds what is saved, and hands it over. */
  readonly watch?: (door: WatchDoor) => Closable;
  /** Told of each cloud that opens: the first one, and those of restarts. What it returns is closed before that cloud. */
  readonly opened?: (cloud: Cloud) => Closable | undefined;
  /** What is printed once the cloud is open. */
  readonly greeting?: (cloud: Cloud, startSeconds: number) => string;
}

/** For the editor: a definition whose members are checked. */
export const defineCloud = (definition: CloudDefinition): CloudDefinition => definition;
