import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { documentOfStage } from '#functions/api/rest/stage-document.ts';
import { requestedLegs } from '#functions/legs.ts';
import { lintOpenApi } from '#infra/openapi/lint.ts';
import { operations } from '#infra/openapi/operations.ts';
import { openApiFile } from '#infra/paths.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import document from '#schema/openapi.json' with { type: 'json' };

// docs.test.ts checks that the file matches the schemas.
describe('the OpenAPI document', () => {
  it('follows the rules of Redocly', async () => {
    expect(await lintOpenApi(readFileSync(openApiFile, 'utf8'))).toEqual([]);
  });

  it('is refused by them where it breaks one', async () => {
    const { responses, ...operation } = document.paths['/health'].get;
    const broken = { ...document, paths: { '/health': { get: operation } } };
    expect(responses).toBeDefined();
    expect((await lintOpenApi(JSON.stringify(broken))).length).toBeGreaterThan(0);
  });

  it('describes every route of the HTTP API but GraphQL, the demo and itself, and none that is not there', () => {
    const others = ['POST /graphql', '$default', 'GET /openapi.json'];
    const routes = functionsOf({ demoRoutes: true }).flatMap((definition) => definition.routes ?? []);
    const described = operations.map(({ routeKey }) => routeKey);
    expect([...described].sort()).toEqual(routes.filter((routeKey) => !others.includes(routeKey)).sort());
  });

  it('asks for a token where the route does', () => {
    const open = functionsOf({ demoRoutes: true })
      .filter(({ access }) => access === 'open')
      .flatMap(({ routes = [] }) => routes);
    for (const { routeKey, open: isOpen = false } of operations)
      expect([routeKey, isOpen]).toEqual([routeKey, open.includes(routeKey)]);
  });

  it('describes each field, and no field that does not exist', () => {
    const { properties } = document.components.schemas.CreateBooking;
    expect(properties.paymentToken.description).toMatch(/payments/);
    expect(properties.outboundFlightId.description).toMatch(/flights/);
    expect(properties.hotel.properties.hotel).not.toHaveProperty('description');
  });

  it('gives an example of each body that the schema takes', () => {
    for (const { body, example } of operations) expect(body?.safeParse(example).error).toBeUndefined();
  });

  it('describes faults only on stages that have them', () => {
    const fieldsOf = (faults: boolean) =>
      Object.keys(documentOfStage(document, { faults }).components.schemas.CreateBooking.properties);
    expect(fieldsOf(true)).toEqual(expect.arrayContaining(['runType', 'cancelFailureRate']));
    expect(fieldsOf(false).sort()).toEqual(
      ['id', 'outboundFlightId', 'paymentToken', ...requestedLegs.map(({ name }) => name)].sort(),
    );
  });
});
