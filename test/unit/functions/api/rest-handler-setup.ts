import '#test/support/lambda-environment.ts';
import * as z from 'zod/mini';
import { createRoutes } from '#embedded/testing.ts';
import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { RequestError } from '#functions/api/rest/problem.ts';
import { queried } from '#functions/api/rest/queried.ts';
import type { RestRoutes } from '#functions/api/rest/rest-handler.ts';
import { withHead } from '#schema/http/routes.ts';

export const routes: RestRoutes = {
  'GET /things/{id}': { operation: 'getThing', run: async ({ parameters }) => jsonResponse(200, parameters) },
  'DELETE /things/{id}': { operation: 'deleteThing', run: () => Promise.reject(new Error('secret table')) },
  'POST /things': {
    operation: 'createThing',
    takesBody: true,
    run: () => Promise.reject(new RequestError(400, 'Invalid request', 'Field "a" is missing', 'a')),
  },
  'GET /things': { operation: 'listThings', run: () => Promise.reject(new RequestError(404, 'Not found', 'none')) },
  'GET /pages': queried({
    operation: 'listPages',
    query: z.strictObject({ limit: z.optional(z.string()) }),
    run: async (_, query) => jsonResponse(200, query),
  }),
  'PATCH /things/{id}': {
    operation: 'changeThing',
    run: () =>
      Promise.reject(Object.assign(new Error('Rate exceeded for arn:secret'), { name: 'ThrottlingException' })),
  },
  'GET /things/{id}/parts': { operation: 'getParts', run: async ({ parameters }) => jsonResponse(200, parameters) },
};

export const gateway = createRoutes(
  [...withHead(Object.keys(routes)), 'ANY /things', 'ANY /things/{proxy+}'].map((routeKey) => ({
    routeKey,
    route: routeKey,
  })),
);
