import { beforeAll, describe, expect, it } from '@jest/globals';
import { api } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { graphQl } from '#test/support/e2e/graphql.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);
let alice: Customer;
beforeAll(async () => {
  alice = await customerOf(target, 'alice');
});

describe('a request that is none', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api(target, alice, '/graphql', { method: 'POST', body, headers });
  const malformed = {
    data: null,
    errors: [
      {
        path: null,
        data: null,
        errorType: 'MalformedHttpRequestException',
        errorInfo: null,
        locations: null,
        message: expect.any(String),
      },
    ],
  };

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a batch', [{ query: '{ __typename }' }]],
    ['no query', {}],
    ['a query that is no text', { query: 1 }],
    ['variables that are none', { query: '{ __typename }', variables: [] }],
    ['an operation name that is none', { query: '{ __typename }', operationName: 1 }],
    ['no GraphQL', { query: '{' }],
    ['half a character', '{"query":"{ __typename }","variables":{"a":"\\ud800"}}'],
    ['too many tokens', { query: `{ ${'__typename '.repeat(3000)} }` }],
    ['too many bytes', { query: '{ __typename }', variables: { a: 'x'.repeat(70_000) } }],
  ])('given %s, then it is refused as malformed', async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([400, malformed]);
  });

  it('given another content type, then the error is the same', async () => {
    const answer = await post('{ a }', { 'content-type': 'application/graphql' });
    expect([answer.status, answer.body]).toEqual([400, malformed]);
  });

  it.each([
    ['an unknown field', '{ getBooking(id: "x") { secret } }'],
    ['an unknown variable', '{ getBooking(id: $id) { id } }'],
    ['an argument that does not fit', '{ listFlights(limit: "ten") { nextToken } }'],
    ['a missing argument', '{ getFlight { id } }'],
    ['an unknown operation', 'subscription { onCreateBooking { id } }'],
  ])('given %s, then the answer is an error', async (_, query) => {
    const { status, body } = await graphQl(target, alice, query);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: null, errors: [{ errorType: 'ValidationError', path: null }] });
  });

  it.each([
    [
      'depth',
      `{ listBookings { items { outboundFlight { ...f } } } } fragment f on Flight { ${'... on Flight { '.repeat(3)} id ${'} '.repeat(3)} }`,
      false,
    ],
    [
      'two full pages',
      `{ ${['a', 'b'].map((alias) => `${alias}: listBookings(limit: 1000) { items { id outboundFlight { id ${'departureCity '.repeat(30)} } } }`).join(' ')} }`,
      true,
    ],
    [
      'many aliases',
      `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: listFlights(limit: 1000) { items { id } }`).join(' ')} }`,
      true,
    ],
    [
      'many mutations',
      `mutation { ${Array.from({ length: 60 }, (_, n) => `a${n}: cancelBooking(input: { id: "x" }) { id }`).join(' ')} }`,
      true,
    ],
  ])('given %s, then limits decide', async (_, query, tooLarge) => {
    const { status, body } = await graphQl(target, alice, query);
    expect(status).toBe(200);
    expect(body.errors?.map(({ errorType }: { errorType: string }) => errorType)).toEqual(
      tooLarge ? ['QueryTooLarge'] : undefined,
    );
  });

  it('given the token alone, without "Bearer", as Amplify sends it, then it is answered', async () => {
    const body = { query: '{ __typename }' };
    const answer = await api(target, undefined, '/graphql', {
      method: 'POST',
      headers: { authorization: alice.token },
      body,
    });
    expect([answer.status, answer.body]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it('given another method or no token, then it is refused', async () => {
    expect((await api(target, alice, '/graphql')).status).toBe(405);
    expect((await graphQl(target, undefined, '{ __typename }')).status).toBe(401);
  });
});
