/** Settings of an API, its stage and its authorizers that AWS refuses. */
import { describe, expect, it } from '@jest/globals';
import { type ApiOptions, resource, withApi } from './fixture.ts';

const loading = (options: ApiOptions) => withApi(options, async () => {});

describe('a CORS configuration', () => {
  const withCors = (cors_configuration: object) => loading({ api: { cors_configuration } });

  it.each<[object, string]>([
    [{ allow_origins: ['*'], allow_credentials: true }, 'allow_credentials: is not for the origin "*"'],
    [{ allow_origins: ['https://*.b.example'] }, 'allow_origins: "https://*.b.example" is no origin'],
    [{ allow_origins: ['a.example'] }, 'allow_origins: "a.example" is no origin'],
    [{ allow_origins: ['ftp://*'] }, 'allow_origins: "ftp://*" is no origin'],
    [{ allow_origins: 'https://a.example' }, 'allow_origins: is a list of texts, not "https://a.example"'],
    [{ allow_methods: ['GET', 'FOO'] }, 'allow_methods: "FOO" is no method'],
    [{ max_age: 86_401 }, 'max_age: is a whole number between -1 and 86400, not 86401'],
    [{ max_age: -2 }, 'max_age: is a whole number between -1 and 86400, not -2'],
  ])('%j is refused', async (cors, message) => {
    await expect(withCors(cors)).rejects.toThrow(`aws_apigatewayv2_api.api1.cors_configuration.${message}`);
  });

  it.each([
    {
      allow_origins: ['http://*', 'https://*', 'http://localhost:5173', 'https://a.b.example'],
      allow_credentials: true,
    },
    { allow_origins: ['*'], allow_methods: ['*', 'get', 'OPTIONS'], allow_credentials: false },
    { max_age: -1 },
    { max_age: 86_400, allow_origins: null },
  ])('%j is taken', async (cors) => {
    await expect(withCors(cors)).resolves.toBeUndefined();
  });
});

describe('settings of routes', () => {
  const withSettings = (...keys: string[]) =>
    loading({
      routeKeys: ['GET /a/{id}', '$default'],
      stage: { route_settings: keys.map((route_key) => ({ route_key, throttling_burst_limit: 1 })) },
    });

  it('are for routes that there are', async () => {
    await expect(withSettings('$default', 'GET /a/{id}')).resolves.toBeUndefined();
    await expect(withSettings('$default', 'GET /a/{name}')).rejects.toThrow(
      'aws_apigatewayv2_stage.stage.route_settings: there is no route "GET /a/{name}", only "GET /a/{id}", "$default"',
    );
  });
});

describe('a JWT authorizer', () => {
  const jwt = { issuer: 'https://issuer.example', audience: ['shop'] };
  const withAuthorizer = (attributes: object) =>
    loading({
      authorizers: [
        resource('aws_apigatewayv2_authorizer', 'jwt', {
          authorizer_type: 'JWT',
          identity_sources: ['$request.header.Authorization'],
          jwt_configuration: jwt,
          ...attributes,
        }),
      ],
    });

  it.each<[object, string]>([
    [{ identity_sources: ['$request.header.A', '$request.header.B'] }, 'identity_sources: is one source, '],
    [{ identity_sources: ['$context.x'] }, 'identity_sources: is one source, '],
    [{ identity_sources: [] }, 'identity_sources: is one source, '],
    [{ jwt_configuration: undefined }, 'jwt_configuration.issuer: is an https URL, '],
    [{ jwt_configuration: { ...jwt, issuer: 'issuer.example' } }, 'jwt_configuration.issuer: is an https URL, '],
    [{ jwt_configuration: { ...jwt, issuer: 'http://issuer.example' } }, 'jwt_configuration.issuer: is an https URL, '],
    [{ jwt_configuration: { issuer: jwt.issuer } }, 'jwt_configuration.audience: names one audience at least'],
    [{ jwt_configuration: { ...jwt, audience: [] } }, 'jwt_configuration.audience: names one audience at least'],
    [{ authorizer_type: 'REQUEST' }, 'authorizer_type: only JWT is served here'],
  ])('%j is refused', async (attributes, message) => {
    await expect(withAuthorizer(attributes)).rejects.toThrow(`aws_apigatewayv2_authorizer.jwt.${message}`);
  });

  it.each([
    { identity_sources: ['$request.querystring.token'] },
    { jwt_configuration: { ...jwt, issuer: 'http://localhost:4000/pool' } },
    { jwt_configuration: { ...jwt, issuer: 'http://127.0.0.1:4000' } },
    { jwt_configuration: { ...jwt, issuer: 'http://[::1]:4000' } },
  ])('%j is taken', async (attributes) => {
    await expect(withAuthorizer(attributes)).resolves.toBeUndefined();
  });
});
