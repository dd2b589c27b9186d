/** What a function has of the HTTP API. */
export interface HttpRoutes {
  /** As the gateway's route keys: `GET /bookings/{id}`, or `$default` for all that no other route takes. */
  readonly routes: readonly string[];
  /** `open`: its routes take requests without a token; all others ask for one. */
  readonly access?: 'open';
  /**
   * Paths of which this function refuses what `routes` do not name, with 405 or 404 and without asking for a token: else
   * the demo's catch-all route would take it and book, and a browser's preflight would need a token.
   */
  readonly methodNotAllowedPaths?: readonly string[];
}

/** The routes of the HTTP API by the function that has them, the one place that names them. */
export const httpRoutes = {
  'start-booking': { routes: ['$default'], access: 'open' },
  health: { routes: ['GET /health'], methodNotAllowedPaths: ['/health'], access: 'open' },
  bookings: {
    routes: [
      'POST /bookings',
      'GET /bookings',
      'GET /bookings/{id}',
      'DELETE /bookings/{id}',
      'GET /bookings/{id}/history',
    ],
    methodNotAllowedPaths: ['/bookings', '/bookings/{proxy+}'],
  },
  flights: { routes: ['GET /flights'], methodNotAllowedPaths: ['/flights'] },
  graphql: { routes: ['POST /graphql'], methodNotAllowedPaths: ['/graphql'] },
  openapi: { routes: ['GET /openapi.json'], methodNotAllowedPaths: ['/openapi.json'], access: 'open' },
  'create-charge': { routes: ['POST /payments/charges'], methodNotAllowedPaths: ['/payments/charges'] },
  'get-loyalty': { routes: ['GET /loyalty'], methodNotAllowedPaths: ['/loyalty'] },
} as const satisfies Record<string, HttpRoutes>;

const all = Object.values<HttpRoutes>(httpRoutes);

/** Templates of all paths that the API has, those that say more first. */
export const apiPaths: readonly string[] = [
  ...new Set([
    ...all.flatMap(({ routes }) => routes.flatMap((routeKey) => routeKey.split(' ').slice(1))),
    ...all.flatMap(({ methodNotAllowedPaths = [] }) => methodNotAllowedPaths),
  ]),
];

/**
 * The route for `HEAD` that goes with one for `GET`; none with others. An HTTP API sends `HEAD` to no route that names another
 * method, so without one of its own it would come to a guard or to the demo, both without the route's authorizer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function headOf(routeKey: string): string | undefined {
  return routeKey.startsWith('GET ') ? routeKey.replace('GET', 'HEAD') : undefined;
}

/** The routes, and those for `HEAD` behind theirs. */
export function withHead(routeKeys: readonly string[]): string[] {
  return routeKeys.flatMap((routeKey) => [routeKey, headOf(routeKey) ?? []].flat());
}
