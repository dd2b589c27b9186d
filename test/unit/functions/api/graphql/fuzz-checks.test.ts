import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { sdl } from '#schema/graphql/sdl.ts';
import { complaintOf } from '#test/fuzz/graphql-answer.ts';
import { OperationWriter, seededRandom } from '#test/fuzz/graphql-operations.ts';

const error = (overrides: object) => ({
  path: null,
  data: null,
  errorType: 'InvalidArgumentsError',
  errorInfo: null,
  locations: null,
  message: 'm',
  ...overrides,
});
const answer = (...errors: object[]) => JSON.stringify({ data: null, errors });

it.each([
  [200, '{"data":{"getBooking":null}}', undefined],
  [200, answer(error({})), undefined],
  [400, answer(error({ errorType: 'MalformedHttpRequestException' })), undefined],
  [500, '{"message":"There was an error"}', 'status 500'],
  [502, '', 'status 502'],
  [200, 'Internal Server Error', 'no JSON'],
  [200, '{"message":"x"}', 'no data'],
  [400, '{"data":{}}', 'data with status 400'],
  [200, answer({ message: 'm' }), 'an error without its shape'],
  [200, answer(error({ errorType: 'InternalFailure' })), 'an unexpected error: InternalFailure'],
  [200, answer(error({ message: 'TypeError: x' })), 'an error that tells of the inside'],
])('the fuzz finds in %s %s: %s', (status, text, complaint) => {
  expect(complaintOf(status, text)).toBe(complaint);
});

it('the fuzz asks the same for the same seed, and for every field in the end', () => {
  const requestsOf = (seed: number) => {
    const writer = new OperationWriter(buildSchema(sdl), seededRandom(seed), ['x']);
    return Array.from({ length: 500 }, () => writer.write());
  };
  const requests = requestsOf(1);
  expect(requestsOf(1)).toEqual(requests);
  expect(requestsOf(2)).not.toEqual(requests);
  const schema = buildSchema(sdl);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  const queries = requests.map(({ query }) => query).join(' ');
  expect(roots.filter((name) => !queries.includes(`: ${name}`))).toEqual([]);
});
