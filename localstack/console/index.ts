/** The console at `/_console` of the local cloud, on stage local only. */
import type { Closable, Cloud } from '#embedded/index.ts';
import { isLocalStage } from '../local-stage.ts';
import type { AslDefinition } from './model/asl.ts';
import type { ConsoleServer } from './server/index.ts';
import { mountPath } from './server/page.ts';
import { createRecorder } from './server/trouble/recorder.ts';

/** Functions are loaded first. */
const PREPARE_AFTER_MS = 2_000;

/** Whether this cloud has what the console shows: an API to be served beside, and a state machine. */
const showsConsole = ({ apiUrl, stack }: Cloud): boolean =>
  apiUrl !== '' && isLocalStage(stack) && stack.types.includes('aws_sfn_state_machine');

/** Where it is; undefined for a cloud that it has nothing to show of. */
export const consoleUrl = (cloud: Cloud): string | undefined =>
  showsConsole(cloud) ? `${cloud.apiUrl.replace('127.0.0.1', 'localhost')}${mountPath}` : undefined;

/**
 * Serves the console beside the API of this cloud. What it is made of, the SDK's clients among it, is loaded when it is first asked for;
 * what it tells of the time before is recorded from now on.
 * @returns what ends its streams
 */
export function mountConsole(cloud: Cloud): Closable | undefined {
  if (!showsConsole(cloud)) return undefined;
  const recorder = createRecorder(cloud.observe);
  let server: Promise<ConsoleServer> | undefined;

  async function load(): Promise<ConsoleServer> {
    const { createConsoleServer, localSource } = await import('./server/index.ts');
    return createConsoleServer(localSource(cloud), recorder);
  }

  cloud.mount(mountPath, (request, response) => {
    server ??= load();
    server.then(
      ({ listener }) => listener(request, response),
      (error: Error) => response.destroy(error),
    );
  });
  const soon = setTimeout(prepare, PREPARE_AFTER_MS, cloud);
  return {
    async close() {
      clearTimeout(soon);
      recorder.close();
      await (await server)?.close();
    },
  };
}

/** Builds and draws what the first visit needs, where it is not there from the last time. What is wrong is told at the first visit. */
async function prepare({ stack }: Cloud): Promise<void> {
  const { builtPage, layoutOf } = await import('./build/index.ts');
  const [machine] = stack.resources('aws_sfn_state_machine');
  const definition = JSON.parse(String(machine?.attributes.definition)) as AslDefinition;
  await Promise.all([builtPage(), layoutOf(definition)]).catch(() => undefined);
}
