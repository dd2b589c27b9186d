import '#test/support/lambda-environment.ts';
import { afterEach, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { outputOfEachTest } from '#test/support/lambda-invocation.ts';

process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

export const { handler: health } = await import('#functions/api/health.ts');

export const requestId = 'JKJaXmPLvHcESHA=';

export const aRequest = (
  queryStringParameters?: Record<string, string>,
  method = 'GET',
  rawPath = '/',
): APIGatewayProxyEventV2 =>
  ({
    rawPath,
    headers: {},
    queryStringParameters,
    routeKey: '$default',
    requestContext: { requestId, http: { method } },
  }) as unknown as APIGatewayProxyEventV2;

export const output = outputOfEachTest();
afterEach(() => {
  jest.restoreAllMocks();
});

export const bodyOf = ({ body }: { body?: string | undefined }): unknown => JSON.parse(body ?? '');
