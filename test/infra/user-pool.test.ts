import { beforeAll, describe, expect, it } from '@jest/globals';
import { stageConfig, stageNames } from '#infra/config.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import { withHead } from '#schema/http/routes.ts';
import { settingsOf } from './support/production.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

const stacks = new Map<string, Synthesized>();

beforeAll(() => {
  for (const STAGE of stageNames) stacks.set(STAGE, synthesize({ STAGE }));
});

const stackOf = (stage: string): Synthesized => stacks.get(stage) as Synthesized;
const client = (stage: string): Json => stackOf(stage).resource('aws_cognito_user_pool_client');
const pool = (stage: string): Json => stackOf(stage).resource('aws_cognito_user_pool');

describe.each(stageNames)('tokens on stage %s', (stage) => {
  it('are asked for by every route but those of open functions and guards, which do nothing', () => {
    const stack = stackOf(stage);
    const routes: Json[] = Object.values(stack.resources('aws_apigatewayv2_route'));
    const guarded = routes.filter(({ authorization_type }) => authorization_type === 'JWT');
    const open = functionsOf(stageConfig(settingsOf(stage))).flatMap(
      ({ access, routes: keys = [], methodNotAllowedPaths = [] }) => [
        ...(access === 'open' ? withHead(keys) : []),
        ...methodNotAllowedPaths.map((path) => `ANY ${path}`),
      ],
    );

    const others = routes.filter((route) => !guarded.includes(route)).map(({ route_key }) => route_key);
    expect(others.sort()).toEqual(open.sort());
    const authorizer = `\${${stack.reference('aws_apigatewayv2_authorizer')}.id}`;
    expect(guarded.filter(({ authorizer_id }) => authorizer_id !== authorizer)).toEqual([]);
  });

  it('are those of the pool, for its client', () => {
    const stack = stackOf(stage);

    expect(stack.resource('aws_apigatewayv2_authorizer')).toMatchObject({
      authorizer_type: 'JWT',
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: {
        issuer: `https://\${${stack.reference('aws_cognito_user_pool')}.endpoint}`,
        audience: [`\${${stack.reference('aws_cognito_user_pool_client')}.id}`],
      },
    });
    expect(Object.keys(stack.json.output)).toEqual(
      expect.arrayContaining(['user_pool_id', 'user_pool_client_id', 'issuer']),
    );
  });

  it('are given to customers who sign up by an e-mail address that they can read', () => {
    expect(pool(stage)).toMatchObject({
      username_attributes: ['email'],
      auto_verified_attributes: ['email'],
      user_attribute_update_settings: { attributes_require_verification_before_update: ['email'] },
      admin_create_user_config: { allow_admin_create_user_only: false },
      deletion_protection: stage === 'prod' ? 'ACTIVE' : 'INACTIVE',
    });
    expect(pool(stage).password_policy.minimum_length).toBeGreaterThanOrEqual(12);
  });

  it('go to a client without a secret, which does not reveal whether an account exists and writes only name and address', () => {
    expect(client(stage)).toMatchObject({
      generate_secret: false,
      prevent_user_existence_errors: 'ENABLED',
      enable_token_revocation: true,
      write_attributes: ['email', 'name'],
    });
  });

  it('can name the group that may do everything', () => {
    expect(stackOf(stage).resource('aws_cognito_user_group')).toMatchObject({ name: 'Admin' });
  });
});

describe('the open routes', () => {
  it('are these, and no other function became open by mistake', () => {
    const open = functionsOf({ demoRoutes: true }).filter(({ access }) => access === 'open');

    const allowed = ['start-booking', 'health', 'openapi'];
    expect(open.map(({ name }) => name as string).filter((name) => !allowed.includes(name))).toEqual([]);
    expect(open.map(({ name }) => name)).toEqual(expect.arrayContaining(['start-booking', 'health']));
  });
});

describe('signing in', () => {
  it('takes bare passwords where tests run, never in production', () => {
    const passwordFlows = (stage: string): string[] =>
      client(stage).explicit_auth_flows.filter((flow: string) => flow.includes('PASSWORD'));

    expect(passwordFlows('local')).toEqual(['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH']);
    expect(passwordFlows('dev')).toEqual(passwordFlows('local'));
    expect(client('prod').explicit_auth_flows).toEqual(['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  });

  it('on the hosted page leads back to named pages by the code flow, and is off where none is named', () => {
    const SIGN_IN_RETURN_URLS = 'https://holidays.example.com/signed-in, https://www.example.com/';
    const named = synthesize({ STAGE: 'prod', SIGN_IN_RETURN_URLS });

    expect(named.resource('aws_cognito_user_pool_client')).toMatchObject({
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ['code'],
      callback_urls: ['https://holidays.example.com/signed-in', 'https://www.example.com/'],
    });
    expect(client('prod').allowed_oauth_flows).toBeUndefined();
    expect(stackOf('prod').resources('aws_cognito_user_pool_domain')).toEqual({});
    expect(named.resource('aws_cognito_user_pool_domain').domain).toMatch(/^booking-saga-prod-/);
  });

  it('has a host name that no other account takes, or the one that is asked for', () => {
    const domainOf = (stack: Synthesized): string => stack.resource('aws_cognito_user_pool_domain').domain;
    const [, account] = /^booking-saga-dev-\$\{substr\(sha256\((.*)\), 0, 12\)\}$/.exec(domainOf(stackOf('dev'))) ?? [];

    expect(account).toMatch(/^data\.aws_caller_identity\.\w+\.account_id$/);
    expect(domainOf(synthesize({ STAGE: 'dev', SIGN_IN_DOMAIN_PREFIX: 'my-holidays' }))).toBe('my-holidays');
  });

  it.each(['Holidays', 'my-aws-clone', '-holidays', 'a'.repeat(64)])('refuses the host name %s', (prefix) => {
    expect(() => stageConfig({ SIGN_IN_DOMAIN_PREFIX: prefix })).toThrow(/signIn\.domainPrefix must be/);
  });

  it.each([
    'http://example.com/',
    'https://*.example.com/',
    'example.com',
    'https://example.com/#x',
    'http://localhost.example.com/',
  ])('refuses to lead back to %s', (url) => {
    expect(() => stageConfig({ SIGN_IN_RETURN_URLS: url })).toThrow(/signIn\.returnUrls must be/);
  });
});
