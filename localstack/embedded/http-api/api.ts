/** API Gateway's reads: the stack's HTTP API, where it listens here. */
import { paged } from '../page.ts';
import { createService, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService, type Stack, type StackResource } from '../types.ts';

interface ApiGatewayOptions {
  readonly stack: Stack;
  readonly authorize: Authorize;
  readonly apiUrl: () => string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type Attributes = StackResource['attributes'];
type Described = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/resources.html */
export function createApiGatewayApi({ stack, authorize, apiUrl, createdAt }: ApiGatewayOptions): AwsService {
  const createdDate = new Date(createdAt).toISOString();
  const admit = (caller: Parameters<Authorize>[0], path: string) =>
    authorize(caller, 'apigateway:GET', `arn:aws:apigateway:${stack.region}::/${path}`);

  const api = ({ attributes }: StackResource): Described => ({
    apiId: attributes.id,
    name: attributes.name,
    protocolType: attributes.protocol_type ?? 'HTTP',
    apiEndpoint: apiUrl(),
    routeSelectionExpression: '$request.method $request.path',
    createdDate,
  });
  const apis = () => stack.resources('aws_apigatewayv2_api');

  function apiOf(id: unknown): StackResource {
    const found = apis().find(({ attributes }) => attributes.id === id);
    if (found === undefined) throw new AwsError('NotFoundException', `Invalid API identifier specified ${id}`, 404);
    return found;
  }

  /** Resources of a type that belong to the API. */
  const partsOf =
    (path: string, type: string, describe: (attributes: Attributes) => Described): Operation =>
    (input, caller) => {
      const { apiId } = input;
      admit(caller, `apis/${apiId}/${path}`);
      const { id } = apiOf(apiId).attributes;
      const own = stack.resources(type).filter(({ attributes }) => attributes.api_id === id);
      return paged(
        'items',
        own.map(({ attributes }) => withoutUndefined(describe(attributes))),
        input,
        listing,
      );
    };

  const operations: Record<string, Operation> = {
    GetApis(input, caller) {
      admit(caller, 'apis');
      return paged('items', apis().map(api), input, listing);
    },
    GetApi({ apiId }, caller) {
      admit(caller, `apis/${apiId}`);
      return { ...api(apiOf(apiId)) };
    },
    GetRoutes: partsOf('routes', 'aws_apigatewayv2_route', (own) => ({
      routeId: own.id,
      routeKey: own.route_key,
      target: own.target,
      authorizationType: own.authorization_type ?? 'NONE',
      authorizerId: own.authorizer_id,
      authorizationScopes: own.authorization_scopes,
    })),
    GetIntegrations: partsOf('integrations', 'aws_apigatewayv2_integration', (own) => ({
      integrationId: own.id,
      integrationType: own.integration_type,
      integrationUri: own.integration_uri,
      payloadFormatVersion: own.payload_format_version,
      timeoutInMillis: own.timeout_milliseconds ?? 30_000,
    })),
    GetStages: partsOf('stages', 'aws_apigatewayv2_stage', (own) => ({
      stageName: own.name,
      autoDeploy: own.auto_deploy ?? false,
      createdDate,
    })),
    GetAuthorizers: partsOf('authorizers', 'aws_apigatewayv2_authorizer', (own) => ({
      authorizerId: own.id,
      name: own.name,
      authorizerType: own.authorizer_type,
      identitySource: own.identity_sources,
      jwtConfiguration: own.jwt_configuration && {
        audience: own.jwt_configuration.audience,
        issuer: own.jwt_configuration.issuer,
      },
    })),
  };
  return createService('API Gateway', operations, {}, members);
}

const members: Shape = each('text', 'apiId', 'maxResults', 'nextToken');

const listing = { limit: 'maxResults', token: 'nextToken', most: 500, code: 'BadRequestException' };

function withoutUndefined(value: Described): Described {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
