import '#test/support/lambda-environment.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, GraphQLObjectType } from 'graphql';
import { bodyOf, rootValue } from '#functions/api/graphql/answer.ts';
import { documentReader, schemaOf } from '#functions/api/graphql/documents.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { sdl } from '#schema/graphql/sdl.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { graphQlService, putBooking, requestId } from '#test/support/graphql-service.ts';
import './answer-setup.ts';

const caller: Caller = { sub: 'alice', isAdmin: false };

it('every field of Query and Mutation has its resolver, and there is no other', () => {
  const schema = buildSchema(sdl);
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    type instanceof GraphQLObjectType ? Object.keys(type.getFields()) : [],
  );
  expect(Object.keys(rootValue).sort()).toEqual(fields.sort());
});

describe('errors', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await openBookingTable();
  });
  afterAll(() => table.close());

  it.each([
    ['\u{1F600}'.repeat(125), 20, 30],
    // Escaped in our JSON, and once more in Lambda's.
    ['"'.repeat(250), 10, 15],
  ])('tell of an answer that is larger than Lambda can send', async (paymentToken, small, large) => {
    const { id } = await putBooking(table, { paymentToken });
    const aliases = Array.from({ length: 400 }, (_, n) => `a${n}: paymentToken`).join(' ');
    const query = (times: number) =>
      `{ ${Array.from({ length: times }, (_, n) => `b${n}: getBooking(id: "${id}") { ...f }`).join(' ')} } fragment f on Booking { ${aliases} }`;
    const service = graphQlService(table);
    const bodyFor = async (times: number) =>
      JSON.parse(bodyOf(await service.ask(caller, query(times)), { requestId, onMasked: () => undefined }));
    expect((await bodyFor(small)).errors).toBeUndefined();
    expect(await bodyFor(large)).toEqual({
      data: null,
      errors: [
        expect.objectContaining({
          errorType: 'QueryTooLarge',
          message: expect.stringMatching(/^The answer has \d+ bytes, and at most 5000000 are sent/),
        }),
      ],
    });
  });

  it('that are unexpected show only the request’s id, and the log shows everything', async () => {
    const service = graphQlService(table, {
      bookings: { get: () => Promise.reject(new Error('secret of the table')) } as never,
    });
    expect(await service.ask(caller, '{ getBooking(id: "x") { id } }')).toEqual({
      data: { getBooking: null },
      errors: [
        {
          path: ['getBooking'],
          data: null,
          errorType: 'InternalFailure',
          errorInfo: { requestId },
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: `Something went wrong; request ${requestId}`,
        },
      ],
    });
    expect(service.masked.map(({ message }) => message)).toEqual(['secret of the table']);
  });

  it('of values that do not fit the schema are our own, too', async () => {
    const service = graphQlService(table);
    const { id } = await putBooking(table, { status: 'SECRET' as never });
    const { errors } = await service.ask(caller, `{ getBooking(id: "${id}") { status } }`);
    expect(errors).toEqual([expect.objectContaining({ errorType: 'InternalFailure' })]);
    expect(JSON.stringify(errors)).not.toContain('SECRET');
  });

  it.each([
    [
      'query ($id: ID!) { getBooking(id: $id) { id } }',
      {},
      'Variable "$id" has invalid value: Expected a value of non-null type',
    ],
    ['query ($n: Int) { listFlights(limit: $n) { nextToken } }', { n: 'x' }, 'Variable "$n" has invalid value'],
  ])('of variables are told', async (query, variables, message) => {
    const { data, errors } = await graphQlService(table).ask(caller, query, variables);
    expect(data).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({ errorType: 'ValidationError', message: expect.stringContaining(message) }),
    ]);
  });

  it.each([
    ['query ($by: ModelSortDirection) { getBookingByStatus(sortDirection: $by) { nextToken } }', { by: 'ASK' }],
    ['mutation ($in: CancelBookingInput!) { cancelBooking(input: $in) { id } }', { in: { id: 'x', idd: 1 } }],
  ])('of variables hint at the schema only where introspection is on', async (query, variables) => {
    const message = async (introspection: boolean) =>
      (await graphQlService(table, {}, { introspection }).ask(caller, query, variables)).errors?.[0]?.message;
    expect(await message(true)).toContain('Did you mean');
    expect(await message(false)).toContain('has invalid value');
    expect(await message(false)).not.toContain('Did you mean');
  });

  it('in one field leave the others alone', async () => {
    const { id } = await putBooking(table);
    const { data, errors } = await graphQlService(table).ask(
      caller,
      `{ good: getBooking(id: "${id}") { id } bad: getBookingByStatus { nextToken } }`,
    );
    expect(data).toEqual({ good: { id }, bad: null });
    expect(errors).toEqual([expect.objectContaining({ path: ['bad'], errorType: 'InvalidArgumentsError' })]);
  });
});

it('an answer that Lambda could not carry is refused in a form that it can', () => {
  const masked: unknown[] = [];
  const options = { requestId, introspection: true, onMasked: (error: unknown) => masked.push(error) };
  const small = { data: { getBooking: { id: 'x' } } };
  expect(JSON.parse(bodyOf(small, options))).toEqual(small);
  const refused = JSON.parse(bodyOf({ data: { listBookings: 'é'.repeat(2_500_000) } }, options));
  expect(refused).toEqual({ data: null, errors: [expect.objectContaining({ errorType: 'QueryTooLarge' })] });
  expect(masked).toEqual([]);
});

describe('documents', () => {
  const schema = schemaOf(sdl);
  const messages = (introspection: boolean, query: string) => {
    const read = documentReader(schema, { introspection })(query);
    return 'errors' in read ? read.errors.map(({ message }) => message) : [];
  };

  it('may ask for the schema only where introspection is on', () => {
    const query = '{ __schema { types { name } } __type(name: "Flight") { name } }';
    expect(messages(true, query)).toEqual([]);
    expect(messages(false, query)).toContainEqual(expect.stringContaining('introspection has been disabled'));
    expect(messages(false, '{ __typename }')).toEqual([]);
  });

  it('get hints only where introspection is on', () => {
    expect(messages(true, '{ getBoking(id: "x") { id } }')[0]).toContain('Did you mean');
    expect(messages(false, '{ getBoking(id: "x") { id } }')).toEqual([
      'Cannot query field "getBoking" on type "Query".',
    ]);
  });

  it('bound the names that an answer repeats with every item', () => {
    const aliased = (length: number) => messages(true, `{ ${'a'.repeat(length)}: __typename }`);
    expect(aliased(100)).toEqual([]);
    expect(aliased(101)).toEqual(['An alias may have at most 100 characters']);
  });

  it('are read once', () => {
    const reader = documentReader(schema, { introspection: true });
    const document = reader('{ __typename }');
    expect(reader('{ __typename }')).toEqual(document);
    expect((reader('{ __typename }') as { document: unknown }).document).toBe(
      (document as { document: unknown }).document,
    );
  });
});
