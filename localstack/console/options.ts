import { stageAndRegion } from '#infra/config.ts';
import { UsageError } from '#infra/operations/run-command.ts';
import { endpointOf } from '../flights/target.ts';
import type { EndpointOptions } from './server/endpoint-source.ts';

export const usage = `npm run console -- [options]    shows the runs of a deployed stage in the browser; npm start has its own

  --target TARGET   localstack, ministack, embedded (a running npm start), or an endpoint such as http://127.0.0.1:4566;
                    without it AWS, with your own credentials, which the page never sees
  --port N          where the page is served, on this machine alone; a free port by default
  --allow-actions   lets the page stop and redrive runs and redrive dead letters; without it the page only reads
  --help            this text

  STAGE             local (default), dev or prod
  AWS_REGION        of a stage on AWS
  AWS_PORT, AWS_ENDPOINT_URL    where the emulator is, if not on port 4566`;

export const config = {
  options: {
    target: { type: 'string' },
    port: { type: 'string', default: '0' },
    'allow-actions': { type: 'boolean', default: false },
  },
} as const;

export interface Words {
  readonly target?: string | undefined;
  readonly port: string;
  readonly 'allow-actions': boolean;
}

export type ConsoleOptions = Omit<EndpointOptions, 'warn'> & { readonly port: number };

/** @throws UsageError, DeployError for a word that is no target, Error for an unknown stage */
export function optionsOf(words: Words, environment: NodeJS.ProcessEnv = process.env): ConsoleOptions {
  const { stage, region } = stageAndRegion(environment);
  const { target = 'aws', 'allow-actions': actions } = words;
  const port = Number(words.port);
  if (!/^\d+$/.test(words.port) || port > 65_535) throw new UsageError(`--port takes a number, not "${words.port}"`);
  if (target === 'aws' && stage === 'local') {
    throw new UsageError('stage local is not on AWS: name a --target, or another stage, STAGE=dev npm run console');
  }
  return { stage, region, endpoint: endpointOf(target, environment), actions, port };
}
