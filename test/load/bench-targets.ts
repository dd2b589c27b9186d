import {
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { startCloud } from '#embedded/index.ts';
import { startEmbeddedProcess } from '#test/support/e2e/embedded-process.ts';
import { connect, type Target } from '#test/support/e2e/target.ts';
import { deploy } from '../../localstack/deploy/deploy.ts';
import { startGateway } from '../../localstack/gateway.ts';
import { localCloud } from '../../localstack/local-cloud.ts';
import { type LocalTarget, startTarget, stopTarget } from '../../localstack/target-process.ts';
import { writeFloorStack } from './floor/floor-stack.ts';

export const targetNames = ['embedded', 'localstack', 'ministack'] as const;
export type TargetName = (typeof targetNames)[number];

/** Away from those of npm start and of the end-to-end suite, so that all can be there. */
const ports: Readonly<Record<LocalTarget, number>> = { localstack: 15566, ministack: 25566 };
export const stackFile = 'cdktf.out/stacks/booking-saga-local/cdk.tf.json';

/** Brings a target from nothing to where it can be asked for a booking. */
export async function openBenchTarget(name: TargetName, print: (line: string) => void): Promise<Target> {
  if (name === 'embedded') {
    const { apiUrl, awsUrl, stop } = await startEmbeddedProcess(['--stack', await writeFloorStack(stackFile)]);
    return connect(apiUrl, awsUrl, stop);
  }
  const endpoint = await startTarget(name, ports[name]);
  process.env.AWS_ENDPOINT_URL = endpoint;
  try {
    const deployment = await deploy(name, print);
    const gateway = deployment.apiUrl ? undefined : await startGateway({ stackFile, endpoint, port: 0 });
    return await connect(deployment.apiUrl ?? gateway?.url ?? '', endpoint, async () => {
      await gateway?.close();
      await stopTarget(name, ports[name]);
    });
  } catch (error) {
    await stopTarget(name, ports[name]);
    throw error;
  }
}

/** A target whose functions can be made to start cold. */
export interface ColdTarget {
  readonly awsUrl: string;
  /** Makes the target forget the environments that it runs a function in. */
  chill(client: LambdaClient, functionName: string): Promise<void>;
  close(): Promise<void>;
}

/** An emulator forgets them when the function's configuration changes; the embedded cloud starts anew, without its warm-up. */
export async function openColdTarget(name: TargetName, { awsUrl }: Target): Promise<ColdTarget> {
  if (name === 'embedded') {
    const cloud = await startCloud({ ...localCloud, stackFile, port: 0, awsPort: 0, retryScale: 0.1 });
    return { awsUrl: cloud.awsUrl, chill: async () => undefined, close: () => cloud.close() };
  }
  return {
    awsUrl,
    async chill(client, FunctionName) {
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: `cold at ${Date.now()}` }));
      await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
    },
    close: async () => undefined,
  };
}
