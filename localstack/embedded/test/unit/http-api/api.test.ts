import { expect, it } from '@jest/globals';
import { createApiGatewayApi } from '#embedded/http-api/api.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aStackOf } from '../iam/an-iam.ts';

const resource = (type: string, name: string, attributes: object) => ({
  type: `aws_apigatewayv2_${type}`,
  name,
  attributes: { ...attributes },
});
const stack = aStackOf([
  resource('api', 'A', { id: 'a1', name: 'parcels', protocol_type: 'HTTP' }),
  resource('stage', 'S', { api_id: 'a1', name: '$default', auto_deploy: true }),
  resource('route', 'R', { api_id: 'a1', id: 'r1', route_key: 'GET /parcels', target: 'integrations/i1' }),
  resource('integration', 'I', { api_id: 'a1', id: 'i1', integration_type: 'AWS_PROXY', integration_uri: 'arn' }),
  resource('authorizer', 'T', {
    api_id: 'a1',
    id: 't1',
    name: 'jwt',
    authorizer_type: 'JWT',
    jwt_configuration: { issuer: 'https://issuer', audience: ['c'] },
  }),
]);
const api = createApiGatewayApi({ stack, authorize: () => {}, apiUrl: () => 'http://127.0.0.1:4000', createdAt: 0 });
const call = (operation: string, input: object = {}) => api.call(operation, { ...input }, OUTSIDE);

it('tells the API with the address that it has here', async () => {
  const described = { apiId: 'a1', name: 'parcels', protocolType: 'HTTP', apiEndpoint: 'http://127.0.0.1:4000' };

  expect(await call('GetApis')).toMatchObject({ items: [described] });
  expect(await call('GetApi', { apiId: 'a1' })).toMatchObject(described);
});

it.each([
  ['GetRoutes', { routeId: 'r1', routeKey: 'GET /parcels', target: 'integrations/i1', authorizationType: 'NONE' }],
  ['GetIntegrations', { integrationId: 'i1', integrationType: 'AWS_PROXY', timeoutInMillis: 30_000 }],
  ['GetStages', { stageName: '$default', autoDeploy: true }],
  ['GetAuthorizers', { authorizerId: 't1', jwtConfiguration: { issuer: 'https://issuer', audience: ['c'] } }],
])('%s tells the parts of the API', async (operation, item) => {
  expect(await call(operation, { apiId: 'a1' })).toMatchObject({ items: [item] });
});

it('has no other API', async () => {
  await expect(call('GetRoutes', { apiId: 'a2' })).rejects.toMatchObject({
    code: 'NotFoundException',
    statusCode: 404,
  });
});
