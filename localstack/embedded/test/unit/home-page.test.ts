import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createHomePage } from '#embedded/home-page.ts';
import type { StackResource } from '#embedded/types.ts';

const evil = `<img src=x onerror="alert('&')">`;

function aPage(resources: readonly StackResource[], apiUrl = 'http://127.0.0.1:4000', page?: string) {
  const stack = {
    region: 'us-east-1',
    accountId: '000000000000',
    folder: '.',
    outputs: {},
    types: [],
    resources: (type: string) => resources.filter((each) => each.type === type),
  };
  const pages = { token: () => 0, health: () => 0, graphiql: () => 0, 'graphiql/react.js': () => 0 };
  const home = createHomePage(stack, {
    apiUrl: () => apiUrl,
    awsUrl: () => 'http://127.0.0.1:4566',
    page: () => page,
    pages,
  });
  return (request: { method?: string; path?: string; query?: string; headers?: Record<string, string> } = {}) =>
    home({ method: 'GET', path: '/', query: '', headers: {}, body: Buffer.alloc(0), ...request });
}

const resource = (type: string, attributes: Record<string, unknown>): StackResource => ({
  type,
  name: 'It',
  attributes,
});
const lambda = resource('aws_lambda_function', {
  function_name: 'shop-pay',
  arn: 'a',
  filename: 'f',
  handler: 'h',
  runtime: 'nodejs24.x',
  role: 'r',
});
const browser = { headers: { accept: 'text/html,*/*' } };

describe('the page at the root', () => {
  it('says in text what runs', () => {
    const page = aPage([
      lambda,
      resource('aws_sqs_queue', { name: 'orders' }),
      resource('aws_apigatewayv2_route', { route_key: 'GET /orders/{id}' }),
    ]);

    expect(page()).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `Addresses
  HTTP API  http://localhost:4000
  AWS endpoint  http://localhost:4566

Pages
  /_local/health
  /_local/services
  /_local/graphiql

Routes
  GET /orders/{id}

Functions (their logs)
  shop-pay

Queues
  orders
`,
    });
  });

  it('links in a browser what can be asked for, and never the API’s root, where a GET may change something', () => {
    const page = aPage([
      lambda,
      resource('aws_apigatewayv2_route', { route_key: 'GET /openapi.json' }),
      resource('aws_apigatewayv2_route', { route_key: 'POST /orders' }),
      resource('aws_apigatewayv2_route', { route_key: 'GET /orders/{id}' }),
    ]);
    const links = [...String(page(browser)?.body).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

    expect(links).toEqual([
      '/_local/health',
      '/_local/services',
      '/_local/graphiql',
      'http://localhost:4000/openapi.json',
      '/_local/logs?group=%2Faws%2Flambda%2Fshop-pay',
    ]);
  });

  it('names the project’s own page first, where there is one', () => {
    const page = aPage([], 'http://127.0.0.1:4000', 'http://127.0.0.1:4000/_pages');

    expect(page()?.body).toContain('Pages\n  http://localhost:4000/_pages\n  /_local/health\n');
    expect(String(page(browser)?.body).match(/href="[^"]*"/)?.[0]).toBe('href="http://localhost:4000/_pages"');
  });

  it('lets a long name break between its words alone', () => {
    const page = aPage([resource('aws_ssm_parameter', { name: '/local/messaging/bookingTopic' })]);

    expect(page(browser)?.body).toContain('<li>/<wbr>local/<wbr>messaging/<wbr>booking<wbr>Topic</li>');
    expect(page()?.body).toContain('  /local/messaging/bookingTopic\n');
  });

  it('asks for a token of an example, where the stack has tokens', () => {
    const tokens = (type: string) =>
      [
        ...String(aPage([resource('aws_apigatewayv2_authorizer', { authorizer_type: type })])(browser)?.body).matchAll(
          /href="([^"]*token[^"]*)"/g,
        ),
      ].map(([, href]) => href);

    expect(tokens('JWT')).toEqual(['/_local/token?sub=alice']);
    expect(tokens('REQUEST')).toEqual([]);
  });

  it('runs nothing, whatever the stack’s names are', () => {
    const reply = aPage([resource('aws_sqs_queue', { name: evil })])(browser);
    const body = String(reply?.body);
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(body) ?? [];

    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;');
    expect(reply?.headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it('names no API of a stack without one', () => {
    expect(aPage([], '')()?.body).not.toContain('HTTP API');
  });

  it.each([
    { method: 'POST' },
    { path: '/bucket' },
    { query: 'Action=ListQueues' },
    { headers: { authorization: 'AWS4-HMAC-SHA256 …' } },
    { headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } },
  ])('is not for an AWS service: %j', (request) => {
    expect(aPage([])(request)).toBeUndefined();
  });
});
