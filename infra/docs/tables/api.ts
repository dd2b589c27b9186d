import { allLegs } from '#functions/legs.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { withoutArticle } from '../../../statemachine/tools/lint-called.ts';
import type { SagaFunctionDefinition } from '../../functions/definition.ts';
import { sharedProblems } from '../../openapi/document.ts';
import { operations } from '../../openapi/operations.ts';
import { sagaFunctions } from '../../saga-functions.ts';
import { table } from '../table.ts';

/** In the order in which they are reserved. */
export function legs(): string {
  return table(
    ['Leg', 'Asked for by', 'Price', 'States'],
    allLegs.map(({ name, called, source, states }) => [
      withoutArticle(called),
      source.from === 'request' ? `\`${name}\`` : 'every booking',
      source.from === 'request' ? source.price.said : 'its ticket',
      Object.values(states)
        .map((state) => `\`${state}\``)
        .join(', '),
    ]),
  );
}

/** The REST API's routes, then those that it does not describe. */
export function routes(): string {
  const described = new Set(operations.map(({ routeKey }) => routeKey));
  const others: Readonly<Record<string, string>> = {
    'POST /graphql': 'GraphQL: `schema/graphql/`',
    'GET /openapi.json': 'The OpenAPI document of these routes',
    $default: "The demo: books the example's trip (stages with demo routes)",
  };
  return table(
    ['Route', 'Does', 'Token'],
    [
      ...operations.map(({ routeKey, summary, open }) => [`\`${routeKey}\``, summary, open ? 'no' : 'yes']),
      ...sagaFunctions.flatMap((definition: SagaFunctionDefinition) =>
        (definition.routes ?? [])
          .filter((routeKey) => !routeKey.startsWith('ANY ') && !described.has(routeKey))
          .map((routeKey) => [`\`${routeKey}\``, others[routeKey] ?? '', definition.access === 'open' ? 'no' : 'yes']),
      ),
    ],
  );
}

/** What each route refuses, equal refusals together. */
export function problems(): string {
  const routesOf = new Map<string, string[]>();
  for (const { routeKey, problems: own = {} } of operations) {
    for (const [status, meaning] of Object.entries(own)) {
      const row = `${status} | ${meaning}`;
      routesOf.set(row, [...(routesOf.get(row) ?? []), `\`${routeKey}\``]);
    }
  }
  for (const { status, meaning, isForTokens } of sharedProblems) {
    routesOf.set(`${status} | ${meaning}`, [isForTokens ? 'every route that asks for a token' : 'every route']);
  }
  return table(
    ['Status', 'Meaning', 'Routes'],
    [...routesOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([row, routes]) => [...row.split(' | '), routes.join(', ')]),
  );
}

export function runTypes(): string {
  return table(
    ['Run type', 'What fails', 'How it ends'],
    Object.entries(failingStateByRunType).map(([runType, state]) => [
      `\`${runType}\``,
      state === undefined ? 'nothing' : `\`${state}\``,
      state === undefined || state === 'NotifyBookingConfirmed'
        ? `CONFIRMED${state ? ', with a dead letter for the notification' : ''}`
        : 'CANCELLED, nothing left',
    ]),
  );
}
