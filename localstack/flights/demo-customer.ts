import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { demoCustomer } from '#schema/demo-request.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import type { CallRoute } from './restock.ts';

/**
 * Calls the function of `/bookings` as the HTTP API would for the demo's customer, who has no password anywhere: who may
 * invoke the function needs no token. So the service's own rules for cancelling hold.
 */
export function asDemoCustomer(client: Pick<LambdaClient, 'send'>, FunctionName: string): CallRoute {
  return async (routeKey, { id, query = {} }) => {
    const [method = '', template = ''] = routeKey.split(' ');
    const event = {
      version: '2.0',
      routeKey,
      rawPath: template.replace('{id}', id ?? ''),
      rawQueryString: new URLSearchParams(query).toString(),
      queryStringParameters: query,
      headers: {},
      ...(id === undefined ? {} : { pathParameters: { id } }),
      requestContext: { http: { method }, authorizer: { jwt: { claims: { sub: demoCustomer }, scopes: null } } },
      isBase64Encoded: false,
    };
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new DeployError(`${FunctionName} failed: ${text}`, 'look into its log');
    const { statusCode, body = '{}' } = JSON.parse(text) as { statusCode: number; body?: string };
    return { status: statusCode, body: JSON.parse(body) };
  };
}
