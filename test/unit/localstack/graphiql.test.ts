import { beforeAll, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { type Issuer, LocalFile, type LocalRoutes, type Stack, type StackResource } from '#embedded/index.ts';
import { createIssuer } from '#embedded/testing.ts';
import { graphiqlRoutes } from '../../../localstack/graphiql/index.ts';

let issuer: Issuer;

beforeAll(async () => {
  issuer = await createIssuer({ issuer: 'https://issuer.example/pool', audience: 'front-end' });
});

function aStack({ STAGE = 'local', routes = ['GET /health', 'POST /graphql'] } = {}): Stack {
  const resources: Record<string, StackResource[]> = {
    aws_lambda_function: [
      { type: 'aws_lambda_function', name: 'f', attributes: { environment: { variables: { STAGE } } } },
    ],
    aws_apigatewayv2_route: routes.map((route_key) => ({
      type: 'aws_apigatewayv2_route',
      name: route_key,
      attributes: { route_key },
    })),
  };
  return {
    region: 'r',
    accountId: 'a',
    folder: '.',
    outputs: {},
    types: Object.keys(resources),
    resources: (type) => resources[type] ?? [],
  };
}

const routesOf = (stack = aStack()): LocalRoutes =>
  graphiqlRoutes({ stack, issuer, apiUrl: () => 'http://127.0.0.1:4000' });

async function fileAt(path: string, query = ''): Promise<{ type: string; text: string }> {
  const file = await routesOf()[path]?.(new URLSearchParams(query));
  if (!(file instanceof LocalFile)) throw new Error(`${path} is no file`);
  return { type: file.contentType, text: String(file.body) };
}

const tokenIn = (page: string): string => /id="token" value="([^"]+)"/.exec(page)?.[1] ?? '';

describe('GraphiQL', () => {
  it('comes with a token of the demo customer and the URL of the API', async () => {
    const { type, text } = await fileAt('graphiql');
    const { payload } = await jwtVerify(tokenIn(text), issuer.keys);

    expect(type).toBe('text/html; charset=utf-8');
    expect(text).toContain('"http://127.0.0.1:4000/graphql"');
    expect(payload).toMatchObject({ sub: 'demo', aud: 'front-end' });
    expect(payload).not.toHaveProperty('cognito:groups');
  });

  it('given a customer and the group Admin, when opened, then the token is theirs', async () => {
    const { payload } = await jwtVerify(tokenIn((await fileAt('graphiql', 'sub=alice&group=Admin')).text), issuer.keys);

    expect(payload).toMatchObject({ sub: 'alice', 'cognito:groups': ['Admin'] });
  });

  it('given a customer whose name is markup, when opened, then it stays text', async () => {
    const { text } = await fileAt('graphiql', `sub=${encodeURIComponent('"><script>alert(1)</script>')}`);

    expect(text).not.toContain('<script>alert');
    expect(text).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
  });

  it('begins with a query for the token’s customer', async () => {
    const { text } = await fileAt('graphiql', 'sub=alice');
    expect(text).toContain('listBookings(limit: 10)');
    expect(text).not.toContain('getBookingByStatus');
  });

  it('names only scripts and styles that are there', async () => {
    const { text } = await fileAt('graphiql');
    const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path));

    expect(named).toHaveLength(4);
    for (const path of named) {
      const file = await fileAt(path);
      expect(file.type).toMatch(path.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      expect(file.text.length).toBeGreaterThan(5_000);
    }
  });

  it('is not there for other stages, and without GraphQL or an issuer', () => {
    expect(routesOf(aStack({ STAGE: 'dev' }))).toEqual({});
    expect(routesOf(aStack({ routes: ['GET /health'] }))).toEqual({});
    expect(graphiqlRoutes({ stack: aStack(), issuer: undefined, apiUrl: () => '' })).toEqual({});
  });
});
