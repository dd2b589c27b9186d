import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StageConfig } from '../config.ts';

export interface StageClients {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
}

export interface OperatorClients extends StageClients {
  readonly ssm: SSMClient;
  readonly stepFunctions: SFNClient;
  readonly dynamodb: DynamoDBDocumentClient;
}

/** The local cloud of stage `local`, the endpoint that `AWS_ENDPOINT_URL` names, or AWS with the environment's credentials. */
export function stageClients(
  { stage, region }: Pick<StageConfig, 'stage' | 'region'>,
  environment: NodeJS.ProcessEnv = process.env,
): OperatorClients {
  const local = {
    endpoint: environment.AWS_ENDPOINT_URL ?? `http://127.0.0.1:${environment.AWS_PORT ?? 4566}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const settings = { region, ...(stage === 'local' ? local : {}) };
  return {
    sqs: new SQSClient(settings),
    lambda: new LambdaClient(settings),
    ssm: new SSMClient(settings),
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(settings)),
    // Reading what runs has a quota of one call a second once its burst is used up.
    stepFunctions: new SFNClient({ ...settings, retryMode: 'adaptive', maxAttempts: 10 }),
  };
}
