import { describe, expect, it } from '@jest/globals';
import { createEvents } from '#embedded/events/index.ts';
import { createApiGatewayApi } from '#embedded/http-api/api.ts';
import { createIamApi } from '#embedded/iam/api.ts';
import { createStackReads } from '#embedded/lambda/stack-reads.ts';
import { createService } from '#embedded/service.ts';
import { createStepFunctions } from '#embedded/stepfunctions/index.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';
import { aRule } from './events/events-setup.ts';
import { aRole, aStackOf, ROLE } from './iam/an-iam.ts';
import { aMessaging, aQueue, aTopic, queueArn, urlOf } from './messaging/fixture.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };
const authorize = () => {};
const names = Array.from({ length: 3 }, (_, index) => `paged-${index}`);
const stack = aStackOf([
  ...names.map((name) => aRole({ name, arn: `${ROLE}-${name}` })),
  ...names.map((id) => ({ type: 'aws_apigatewayv2_api', name: id, attributes: { id } })),
  ...names.map((id) => ({ type: 'aws_lambda_event_source_mapping', name: id, attributes: { id } })),
]);

const iam = createIamApi({ stack, authorize, createdAt: 0 });
const http = createApiGatewayApi({ stack, authorize, apiUrl: () => '', createdAt: 0 });
const lambda = createService(
  'Lambda',
  createStackReads({ stack, authorize, createdAt: 0 }, () => ({ name: '', arn: '' })),
);
const events = createEvents({
  rules: names.map((name) => aRule(name, { event_pattern: '{"source":["a"]}' })),
  targets: [],
  environment,
  sendToQueue: async () => {},
  invokeFunction: async () => ({ ended: Promise.resolve() }),
});
const states = createStepFunctions({
  machines: names.map((name) => ({
    name,
    arn: `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`,
    roleArn: ROLE,
    definition: { StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    type: 'STANDARD',
  })),
  environment,
  authorize,
  tasks: async () => ({}),
  onStatusChange: () => {},
});

/** All pages one after the other. */
async function pagesOf(
  { call }: AwsService,
  operation: string,
  input: object,
  [list, token, next]: readonly [list: string, token: string, next: string],
): Promise<number[]> {
  const pages: number[] = [];
  let given: object = {};
  do {
    const output = await call(operation, { ...input, ...given }, OUTSIDE);
    pages.push((output[list] as unknown[]).length);
    given = output[next] === undefined ? {} : { [token]: output[next] };
  } while (Object.keys(given).length > 0);
  return pages;
}

describe('a list', () => {
  it.each<[AwsService, string, object, [string, string, string]]>([
    [iam, 'ListRoles', { MaxItems: '2' }, ['Roles', 'Marker', 'Marker']],
    [http, 'GetApis', { maxResults: '2' }, ['items', 'nextToken', 'nextToken']],
    [lambda, 'ListEventSourceMappings', { MaxItems: '2' }, ['EventSourceMappings', 'Marker', 'NextMarker']],
    [events, 'ListRules', { Limit: 2 }, ['Rules', 'NextToken', 'NextToken']],
    [states, 'ListStateMachines', { maxResults: 2 }, ['stateMachines', 'nextToken', 'nextToken']],
  ])('is told in pages: %#', async (service, operation, input, members) => {
    expect(await pagesOf(service, operation, input, members)).toEqual([2, 1]);
  });

  it("of dead letters' sources is told in pages, and one of topics by a hundred", async () => {
    const policy = JSON.stringify({ deadLetterTargetArn: queueArn('paged-0'), maxReceiveCount: 1 });
    const messaging = await aMessaging({
      queues: names.map((name, index) => aQueue(name, index > 0 ? { redrive_policy: policy } : {})),
      topics: Array.from({ length: 101 }, (_, index) => aTopic(`topic-${index}`)),
    });
    const input = { QueueUrl: urlOf('paged-0'), MaxResults: 1 };
    const members = ['queueUrls', 'NextToken', 'NextToken'] as const;

    expect(await pagesOf(messaging.sqs, 'ListDeadLetterSourceQueues', input, members)).toEqual([1, 1]);
    expect(await pagesOf(messaging.sns, 'ListTopics', {}, ['Topics', 'NextToken', 'NextToken'])).toEqual([100, 1]);
    await messaging.close();
  });

  it.each<[AwsService, string, object, string]>([
    [iam, 'ListRoles', { MaxItems: '1001' }, 'ValidationError'],
    [iam, 'ListRoles', { Marker: 'x' }, 'ValidationError'],
    [http, 'GetApis', { maxResults: 'x' }, 'BadRequestException'],
    [lambda, 'ListEventSourceMappings', { MaxItems: '0' }, 'InvalidParameterValueException'],
    [events, 'ListRules', { Limit: 101 }, 'ValidationException'],
    [states, 'ListStateMachines', { nextToken: 'x' }, 'InvalidToken'],
  ])('has limits and tokens that are refused: %#', async (service, operation, input, code) => {
    await expect(service.call(operation, { ...input }, OUTSIDE)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});
