import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { maxCost, maxDepth, type QueryCost, queryCostOf } from '#functions/api/graphql/limits.ts';
import { sdl } from '#schema/graphql/sdl.ts';
import * as operations from '#test/support/e2e/amplify-operations.ts';

const schema = buildSchema(sdl);

function weigh(query: string, variables: Record<string, unknown> = {}): QueryCost {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const weight = queryCostOf(document, { operationName: undefined, variables });
  if (weight === undefined) throw new Error('no operation');
  return weight;
}

describe('the weight of an operation', () => {
  it.each([
    ['{ getFlight(id: "x") { id } }', 2, 2],
    ['{ getBooking(id: "x") { id outboundFlight { id } } }', 3, 4],
    ['{ listFlights { nextToken } }', 2, 2],
    ['{ listFlights { items { id } } }', 3, 102],
    ['{ listFlights(limit: 7) { items { id ticketPrice } } }', 3, 16],
    ['{ listFlights(limit: 0) { items { id } } }', 3, 3],
    ['{ listFlights(limit: -5) { items { id } } }', 3, 3],
    ['{ listFlights(limit: 99999) { items { id } } }', 3, 1002],
    ['{ listFlights(limit: null) { items { id } } }', 3, 102],
    ['{ a: listFlights { items { id } } b: listFlights { items { id } } }', 3, 204],
    ['{ listFlights(limit: 10) { a: items { id } b: items { id } } }', 3, 23],
    ['{ listBookings(limit: 10) { items { a: outboundFlight { id } b: outboundFlight { id } } } }', 4, 42],
    [
      '{ listFlights(limit: 10) { ...c } } fragment c on ModelFlightConnection { items { ...f } } fragment f on Flight { id }',
      3,
      12,
    ],
    ['{ listFlights(limit: 10) { ... on ModelFlightConnection { items { id } } } }', 3, 12],
    ['mutation { cancelBooking(input: { id: "x" }) { id } }', 2, 1002],
    ['{ __typename }', 1, 1],
    ['{ __schema { types { name } } }', 1, 5000],
  ])('%s is %s deep and costs %s', (query, depth, cost) => {
    expect(weigh(query)).toEqual({ depth, cost });
  });

  it('takes limits out of variables and their defaults', () => {
    const query = (type: string) => `query ($limit: ${type}) { listFlights(limit: $limit) { items { id } } }`;
    expect(weigh(query('Int'), { limit: 5 }).cost).toBe(7);
    expect(weigh(query('Int')).cost).toBe(102);
    expect(weigh(query('Int'), { limit: null }).cost).toBe(102);
    expect(weigh(query('Int = 3')).cost).toBe(5);
    expect(weigh(query('Int = 3'), { limit: 4 }).cost).toBe(6);
    // GraphQL takes a default for what is not given, never for null.
    expect(weigh(query('Int = 3'), { limit: null }).cost).toBe(102);
    expect(weigh('query ($toString: Int = 3) { listFlights(limit: $toString) { items { id } } }').cost).toBe(5);
  });

  it('weighs fragments that multiply in each other once', () => {
    const fragments = Array.from({ length: 150 }, (_, n) => `fragment f${n} on Flight { ...f${n + 1} ...f${n + 1} }`);
    const document = parse(`{ getFlight(id: "x") { ...f0 } } ${fragments.join(' ')} fragment f150 on Flight { id }`);
    expect(queryCostOf(document, { operationName: undefined, variables: {} })?.cost).toBeGreaterThan(maxCost);
  });

  it('lets every generated operation pass, with the largest page', () => {
    for (const operation of Object.values(operations)) {
      const { depth, cost } = weigh(operation, { limit: 1000 });
      expect(depth).toBeLessThanOrEqual(maxDepth);
      expect(cost).toBeLessThanOrEqual(maxCost);
    }
  });
});
