/** The command `local-cloud`: runs a synthesized stack in one process, as the project's `local-cloud.config.ts` says. */
import type { Cloud } from './cloud.ts';
import type { CloudDefinition } from './definition.ts';
import { printable } from './listen.ts';
import { networkNotice } from './network-notice.ts';
import { openInBrowser } from './open-in-browser.ts';
import { readOptions, UsageError, usageOf } from './options.ts';
import { refusePortsInUse } from './ports-in-use.ts';
import { readDefinition } from './read-definition.ts';
import { openSession } from './session.ts';
import type { Closable } from './types.ts';

const startedAt = performance.now();
/** Read at once: it may be gone before the cloud is open. */
const startedBy = process.ppid;
let definition: CloudDefinition = {};

function greet(cloud: Cloud, host: string | undefined): void {
  const seconds = (performance.now() - startedAt) / 1000;
  const { apiUrl, awsUrl } = cloud;
  const aws = `AWS endpoint is open at ${printable(awsUrl)}`;
  const both = apiUrl === '' ? `The ${aws}` : `The HTTP API is open at ${printable(apiUrl)}, the ${aws}`;
  const plain = `\n${both}   (ready in ${seconds.toFixed(2)} s, Ctrl-C stops)`;
  console.log(definition.greeting?.(cloud, seconds) ?? plain);
  if (cloud.stack.types.length === 0) console.error('The stack file has no resource, so there is nothing to run.');
  const notice = networkNotice(host, [apiUrl, awsUrl]);
  if (notice !== undefined) console.log(`${notice}\n`);
}

function show(cloud: Cloud): void {
  const page = definition.page?.(cloud);
  if (page === undefined) console.error('--open: this stack has no page to open');
  else openInBrowser(page, (reason) => console.error(`--open: ${page} could not be opened: ${reason}`));
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  definition = await readDefinition(args);
  const options = readOptions(args, process.env, definition);
  await refusePortsInUse(options, startCommand(definition, args));
  const session = await openSession(options, definition);
  // Before the greeting: who reads it may stop the cloud at once.
  stopOnSignals(session);
  greet(session.cloud, options.host);
  if (options.open) show(session.cloud);
  session.begin();
}

/** As it would be typed. */
function startCommand({ command = 'local-cloud' }: CloudDefinition, args: readonly string[]): string {
  const words = args.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return words.length === 0 ? command.replace(/ --$/, '') : `${command} ${words.join(' ')}`;
}

function stopOnSignals(session: Closable): void {
  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C says not to wait.
    if (stopping) process.exit(1);
    stopping = true;
    session.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`The local cloud did not stop cleanly: ${error}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // npm starts a script through a shell, which ends by a signal and does not hand it on.
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(stop);
}

/** Calls `run` once the process that started this one is gone. */
function whenOrphaned(run: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(timer);
    run();
  }, 250);
  timer.unref();
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  const usage = usageOf(definition);
  if (isUsage && error.message === '') {
    console.log(usage);
    process.exit(0);
  }
  console.error(`\nThe local cloud could not start: ${error instanceof Error ? error.message : error}`);
  if (isUsage) console.error(`\n${usage}`);
  process.exit(isUsage ? 2 : 1);
}
