import '#test/support/lambda-environment.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { buildSchema, GraphQLObjectType } from 'graphql';
import { bodyOf, rootValue } from '#functions/api/graphql/answer.ts';
import { documentReader, schemaOf } from '#functions/api/graphql/documents.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import sdl from '#schema/booking.graphql';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { graphQlService, putBooking, requestId } from '#test/support/graphql-service.ts';
import { aContext, captureLambdaOutput, type LambdaOutput } from '#test/support/lambda-invocation.ts';

process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
process.env.STAGE = 'local';
const { handler } = await import('#functions/api/graphql.ts');

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

  it('that nobody foresaw tell the request’s id alone, and the log everything', async () => {
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

describe('the handler', () => {
  let output: LambdaOutput;
  beforeEach(() => {
    output = captureLambdaOutput();
  });
  afterEach(() => output.restore());

  const anEvent = (overrides: Partial<APIGatewayProxyEventV2> = {}) =>
    ({
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify({ query: '{ __typename }', variables: null, operationName: null }),
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST' }, authorizer: { jwt: { claims: { sub: 'alice' } } } },
      ...overrides,
    }) as unknown as APIGatewayProxyEventV2;
  const answered = async (event: APIGatewayProxyEventV2) => {
    const { statusCode, body } = await handler(event, aContext());
    return [statusCode, JSON.parse(body ?? '')];
  };

  it('answers, also what came in base64', async () => {
    expect(await answered(anEvent())).toEqual([200, { data: { __typename: 'Query' } }]);
    const body = Buffer.from('{"query":"mutation { __typename }"}').toString('base64');
    expect(await answered(anEvent({ body, isBase64Encoded: true }))).toEqual([
      200,
      { data: { __typename: 'Mutation' } },
    ]);
  });

  it('counts what is malformed', async () => {
    const [status, body] = await answered(anEvent({ body: '[' }));
    expect([status, body.errors[0].errorType]).toEqual([400, 'MalformedHttpRequestException']);
    expect(output.dimensionsOf('InvalidBookingRequest')).toContain('operation');
  });

  it('takes nothing but POST', async () => {
    const event = anEvent({ requestContext: { http: { method: 'PUT' } } } as never);
    expect(await handler(event, aContext())).toMatchObject({ statusCode: 405, headers: { allow: 'POST' } });
  });

  it('without an authorizer fails and tells nothing', async () => {
    const [status, body] = await answered(anEvent({ requestContext: { http: { method: 'POST' } } } as never));
    expect([status, Object.keys(body)]).toEqual([500, ['message', 'requestId']]);
  });

  it('takes an empty operation name for none', async () => {
    const body = JSON.stringify({ query: 'query Named { __typename }', operationName: '' });
    expect(await answered(anEvent({ body }))).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it('refuses a token that names nobody', async () => {
    const requestContext = { http: { method: 'POST' }, authorizer: { jwt: { claims: { aud: 'front-end' } } } };
    const [status, body] = await answered(anEvent({ requestContext } as never));
    expect(status).toBe(401);
    expect(body).toEqual({
      data: null,
      errors: [
        expect.objectContaining({ errorType: 'UnauthorizedException', message: expect.stringContaining('"sub"') }),
      ],
    });
  });

  it('tells the id of the request with every answer', async () => {
    const requestId = 'JKJaXmPLvHcESHA=';
    for (const event of [
      anEvent({ requestContext: { ...anEvent().requestContext, requestId } }),
      anEvent({ requestContext: { requestId, http: { method: 'PUT' } } as never, body: '[' }),
      anEvent({ requestContext: { requestId, http: { method: 'PUT' } } as never }),
    ]) {
      expect((await handler(event, aContext())).headers).toMatchObject({ 'x-request-id': requestId });
    }
  });

  it('refuses variables without end', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200; level += 1) deep = [deep];
    const [status] = await answered(
      anEvent({ body: JSON.stringify({ query: '{ __typename }', variables: { deep } }) }),
    );
    expect(status).toBe(400);
  });
});
