import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { readQuery } from './read-request.ts';
import type { RestRequest, RestRoute } from './rest-handler.ts';

/** A route that takes query parameters: those of the schema and no others. */
export const queried = <Query extends z.ZodMiniType>(route: {
  readonly operation: string;
  readonly query: Query;
  run(request: RestRequest, query: z.output<Query>): Promise<APIGatewayProxyStructuredResultV2>;
}): RestRoute => ({ ...route, run: (request) => route.run(request, readQuery(request.event, route.query)) });
