/** The console at `/_console` of the local cloud, on stage local only. */
import type { Closable, Cloud } from '#embedded/index.ts';
import { isLocalStage } from '../local-stage.ts';
import { createConsoleServer, localSource, mountPath } from './server/index.ts';

/** Whether this cloud has what the console shows: an API to be served beside, and a state machine. */
const showsConsole = ({ apiUrl, stack }: Cloud): boolean =>
  apiUrl !== '' && isLocalStage(stack) && stack.types.includes('aws_sfn_state_machine');

/** Where it is; undefined for a cloud that it has nothing to show of. */
export const consoleUrl = (cloud: Cloud): string | undefined =>
  showsConsole(cloud) ? `${cloud.apiUrl.replace('127.0.0.1', 'localhost')}${mountPath}` : undefined;

/** Serves the console beside the API of this cloud. @returns what ends its streams */
export function mountConsole(cloud: Cloud): Closable | undefined {
  if (!showsConsole(cloud)) return undefined;
  const server = createConsoleServer(localSource(cloud));
  cloud.mount(mountPath, server.listener);
  return server;
}
