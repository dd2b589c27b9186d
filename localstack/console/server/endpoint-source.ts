/** A deployed stage as a source: on an emulator, or on AWS with the caller's own credentials, which stay in this process. */
import { createSources } from '#embedded/index.ts';
import { physicalName, type StageConfig } from '#infra/config.ts';
import { stageClients } from '#infra/operations/stage-clients.ts';
import { stateMachineArnOf } from '#infra/operations/state-machine-arn.ts';
import { createExecutionPoller } from './execution-poller.ts';
import { runTypes } from './leg-facts.ts';
import { sdkCalls } from './sdk-calls.ts';
import type { Source } from './source.ts';

export interface EndpointOptions extends Pick<StageConfig, 'stage' | 'region'> {
  /** Of an emulator; undefined for AWS. */
  readonly endpoint: string | undefined;
  readonly actions: boolean;
  readonly warn: (message: string) => void;
}

export interface OpenSource {
  readonly source: Source;
  close(): void;
}

/** @throws Error of the SDK where the target does not answer or the stage is not there */
export async function openEndpointSource(options: EndpointOptions): Promise<OpenSource> {
  const { stage, region, endpoint, actions, warn } = options;
  const clients =
    endpoint === undefined
      ? stageClients({ stage, region })
      : stageClients({ stage: 'local', region }, { AWS_ENDPOINT_URL: endpoint });
  const machineArn = await stateMachineArnOf(clients, { stage });
  const call = sdkCalls(clients, endpoint);
  const poller = createExecutionPoller({ call, machineArn, warn });
  const source: Source = {
    target: endpoint === undefined ? `AWS, ${stage} in ${region}` : `${stage} at ${new URL(endpoint).host}`,
    machineArn,
    tableName: physicalName({ stage }, 'bookings'),
    stage,
    clients,
    alarms: [],
    mails: async () => [],
    call,
    actions,
    isLimited: true,
    choices: async () => ({ runTypes, legs: [] }),
    flights: undefined,
    book: undefined,
    cancel: undefined,
    intercept: undefined,
    placeOf: createSources('dist/source-maps'),
    observe: poller.observe,
  };
  return { source, close: poller.close };
}
