/** `npm run console`: the console of a stage that is deployed elsewhere. */
import { physicalName } from '#infra/config.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { explained } from '../flights/target.ts';
import { type ConsoleOptions, config, optionsOf, usage } from './options.ts';
import { serveConsole } from './serve.ts';
import { openEndpointSource } from './server/endpoint-source.ts';

await runCommand('console', usage, config, async ({ values }) => {
  const { port, ...where } = optionsOf(values);
  const { source, close } = await openEndpointSource({ ...where, warn: console.error }).catch((error: unknown) => {
    throw wordsOf(error, where);
  });
  const served = await serveConsole(source, port);
  const may = source.actions ? 'may stop and redrive runs' : 'only reads; --allow-actions lets it stop and redrive';
  console.log(`The console of ${source.target} is at ${served.url}/runs. It ${may}. Ctrl-C stops it.`);
  process.once('SIGINT', () => void served.close().then(close));
  process.once('SIGTERM', () => void served.close().then(close));
});

function wordsOf(error: unknown, { endpoint, stage, region }: Omit<ConsoleOptions, 'port'>): unknown {
  const where = endpoint ?? `AWS in ${region}`;
  if (error instanceof Error && /Credentials|AccessDenied|UnrecognizedClient|ExpiredToken/.test(error.name)) {
    return new DeployError(
      `${where} refuses: ${error.message}`,
      'use credentials that may read the stage: docs/console.md',
    );
  }
  if (!(error instanceof Error) || error.name !== 'ParameterNotFound') {
    return explained(error, { where, table: physicalName({ stage }, 'bookings') });
  }
  return new DeployError(
    `${where} has no stage ${stage} (${error.message}).`,
    'deploy it there first (npm run deploy:local), or name another with STAGE, --target or AWS_REGION',
  );
}
