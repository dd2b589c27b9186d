/** The AWS services behind the endpoint. A further one is a further entry here. */
import type { Wire, Wires } from './endpoint/wire.ts';
import { createApiGatewayApi } from './http-api/api.ts';
import { createIamApi } from './iam/api.ts';
import type { Iam } from './iam/index.ts';
import { createSts } from './iam/sts.ts';
import { createLogsApi } from './logs/api.ts';
import type { Logs } from './logs/index.ts';
import { createMetricsApi } from './logs/metrics-api.ts';
import { createSsm } from './ssm/index.ts';
import type { Store } from './store/contract.ts';
import type { AwsService, Environment, Stack } from './types.ts';

/** What services are made of: those that need others to be opened first, and the stack. */
export interface ServiceParts
  extends Readonly<Record<'dynamodb' | 'states' | 'sqs' | 'sns' | 'lambda' | 'events', AwsService>> {
  readonly stack: Stack;
  readonly environment: Environment;
  readonly iam: Iam;
  readonly logs: Logs;
  readonly store: Store;
  /** Of the HTTP API, once it is open. */
  readonly apiUrl: () => string;
  /** What tells the stream of a service's calls. */
  readonly meter?: (name: string, service: AwsService) => AwsService;
  /** When the cloud was opened, epoch milliseconds. */
  readonly openedAt: number;
}

export interface ServiceEntry {
  readonly title: string;
  readonly wire: Wire;
  readonly open: (parts: ServiceParts) => AwsService;
}

const plain = new Set<string>();

/** By signing name. */
export const SERVICES: Readonly<Record<string, ServiceEntry>> = {
  apigateway: {
    title: 'API Gateway',
    wire: {
      malformed: 'BadRequestException',
      routes: {
        'GET /v2/apis': 'GetApis',
        'GET /v2/apis/{apiId}': 'GetApi',
        'GET /v2/apis/{apiId}/authorizers': 'GetAuthorizers',
        'GET /v2/apis/{apiId}/integrations': 'GetIntegrations',
        'GET /v2/apis/{apiId}/routes': 'GetRoutes',
        'GET /v2/apis/{apiId}/stages': 'GetStages',
      },
    },
    open: ({ stack, iam, apiUrl, openedAt }) =>
      createApiGatewayApi({ stack, authorize: iam.authorize, apiUrl, createdAt: openedAt }),
  },
  dynamodb: { title: 'DynamoDB', wire: { target: 'DynamoDB_20120810' }, open: ({ dynamodb }) => dynamodb },
  events: { title: 'EventBridge', wire: { target: 'AWSEvents' }, open: ({ events }) => events },
  iam: {
    title: 'IAM',
    wire: { query: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', maps: plain } },
    open: ({ stack, iam, openedAt }) => createIamApi({ stack, authorize: iam.authorize, createdAt: openedAt }),
  },
  lambda: {
    title: 'Lambda',
    wire: {
      routes: {
        'POST /2015-03-31/functions/{FunctionName}/invocations': 'Invoke',
        'GET /2015-03-31/functions': 'ListFunctions',
        'GET /2015-03-31/functions/{FunctionName}': 'GetFunction',
        'GET /2015-03-31/functions/{FunctionName}/configuration': 'GetFunctionConfiguration',
        'GET /2015-03-31/functions/{FunctionName}/versions': 'ListVersionsByFunction',
        'GET /2015-03-31/functions/{FunctionName}/policy': 'GetPolicy',
        'GET /2015-03-31/event-source-mappings': 'ListEventSourceMappings',
        'GET /2015-03-31/event-source-mappings/{UUID}': 'GetEventSourceMapping',
      },
    },
    open: ({ lambda }) => lambda,
  },
  logs: {
    title: 'CloudWatch Logs',
    wire: { target: 'Logs_20140328' },
    open: ({ logs, stack, environment, iam, openedAt }) =>
      createLogsApi({
        logs,
        groups: () => stack.resources('aws_cloudwatch_log_group'),
        environment,
        authorize: iam.authorize,
        createdAt: openedAt,
      }),
  },
  monitoring: {
    title: 'CloudWatch',
    wire: { target: 'GraniteServiceVersion20100801' },
    open: ({ logs, iam }) => createMetricsApi({ logs, authorize: iam.authorize }),
  },
  sns: {
    title: 'SNS',
    wire: {
      query: {
        version: '2010-03-31',
        namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
        maps: new Set(['Attributes']),
        accessDenied: 'AuthorizationError',
      },
    },
    open: ({ sns }) => sns,
  },
  sqs: { title: 'SQS', wire: { target: 'AmazonSQS' }, open: ({ sqs }) => sqs },
  ssm: {
    title: 'SSM',
    wire: { target: 'AmazonSSM' },
    open: ({ stack, environment, iam, store }) =>
      createSsm({ parameters: stack.resources('aws_ssm_parameter'), environment, authorize: iam.authorize, store }),
  },
  states: { title: 'Step Functions', wire: { target: 'AWSStepFunctions' }, open: ({ states }) => states },
  sts: {
    title: 'STS',
    wire: { query: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', maps: plain } },
    open: ({ environment, iam }) => createSts({ ...environment, sessionOf: iam.sessionOf }),
  },
};

export const wires: Wires = Object.fromEntries(Object.entries(SERVICES).map(([name, { wire }]) => [name, wire]));

export function openServices(parts: ServiceParts): Record<string, AwsService> {
  const { meter = (_: string, service: AwsService) => service } = parts;
  return Object.fromEntries(
    Object.entries(SERVICES).map(([name, { open }]) => {
      const service = open(parts);
      // DynamoDB tells of its calls itself: state machines make them, too.
      return [name, name === 'dynamodb' ? service : meter(name, service)];
    }),
  );
}
