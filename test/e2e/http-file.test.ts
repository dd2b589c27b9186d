import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { customerOf } from '#test/support/e2e/customers.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';
import { parseHttpFile, type RunResult, runHttpFile } from '#test/support/http-file.ts';

const file = parseHttpFile(readFileSync('test/booking-api.http', 'utf8'));
const stack = JSON.parse(readFileSync('cdktf.out/stacks/booking-saga-local/cdk.tf.json', 'utf8'));
const routeKeys = (Object.values(stack.resource.aws_apigatewayv2_route) as { route_key: string }[]).map(
  ({ route_key }) => route_key,
);

/** Where the target has no page that gives tokens: one that signs its customers in, at an address of its own. */
async function startTokenPage(target: Target) {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    customerOf(target, query.get('sub') ?? '', { admin: query.get('group') === 'Admin' }).then(
      ({ token }) => response.end(JSON.stringify({ token })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe('test/booking-api.http', () => {
  let target: Target;
  const results: RunResult[] = [];

  beforeAll(async () => {
    target = await openTarget();
    const page = limitation('local pages') === undefined ? undefined : await startTokenPage(target);
    const aws = page?.url ?? target.awsUrl;
    for await (const result of runHttpFile(file, { api: target.apiUrl, aws })) results.push(result);
    page?.close();
  });
  afterAll(() => target.close());

  it.each(file.requests.map(({ title, expectedStatus }, position) => [title, expectedStatus, position] as const))(
    '%s → %d',
    (_, expectedStatus, position) => {
      const { status, text } = results[position] ?? {};
      // The text tells why, where the status is another.
      expect({ status, text }).toEqual({ status: expectedStatus, text });
    },
  );

  it('has no request to GraphQL that is answered with errors', () => {
    const answers = results.filter(({ request }) => request.url.endsWith('/graphql'));

    expect(answers.length).toBeGreaterThan(0);
    expect(answers.filter(({ text }) => text.includes('"errors"'))).toEqual([]);
  });

  it('has its variables for npm start', () => {
    expect(file.variables).toMatchObject({ api: 'http://localhost:4000', aws: 'http://localhost:4566' });
  });

  it('has a request for every route that names its method', () => {
    const asked = file.requests
      .filter(({ url }) => url.startsWith('{{api}}'))
      .map(({ method, url }) => ({ method, path: url.replace('{{api}}', '').replace(/\?.*/, '') }));
    const covered = (routeKey: string): boolean => {
      // A route for HEAD is that for GET.
      const [method = '', path = ''] = routeKey.replace(/^HEAD /, 'GET ').split(' ');
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '\\{\\{[^}]+\\}\\}')}$`);
      return asked.some((each) => each.method === method && pattern.test(each.path));
    };

    expect(routeKeys.filter((key) => !/^(\$default|ANY )/.test(key) && !covered(key))).toEqual([]);
  });
});
