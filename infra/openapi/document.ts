import { readFileSync } from 'node:fs';
import { allLegs } from '#functions/legs.ts';
import { withoutArticle } from '../../statemachine/tools/lint-called.ts';
import { componentSchemas, schemaOf } from './components.ts';
import { type Answer, type Operation, tags } from './operation.ts';
import { operations } from './operations.ts';
import { capitalized, listed } from './words.ts';

type Json = Record<string, unknown>;

/** Answers of every route that have no schema of the route's own. */
const shared = {
  Unauthorized: message('No valid token'),
  TooManyRequests: later('Too many requests: try again later'),
  HeadTooLarge: { description: 'The path, query string and headers together are too long' },
  ServerError: {
    description: 'Something went wrong here; the log has it under `requestId`',
    content: { ...problem(), ...gateway() },
  },
  Unavailable: later('Busy, or no answer in time: repeat the request as it was'),
};

const sharedByStatus = {
  401: 'Unauthorized',
  429: 'TooManyRequests',
  431: 'HeadTooLarge',
  500: 'ServerError',
  503: 'Unavailable',
} as const;

/** What every route may answer, but for 401, which open ones never do. */
export const sharedProblems = Object.entries(sharedByStatus).map(([status, name]) => ({
  status,
  meaning: shared[name].description,
  isForTokens: name === 'Unauthorized',
}));

function problem(): Json {
  return { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
}

function gateway(): Json {
  return { 'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } } };
}

function message(description: string) {
  return { description, content: gateway() };
}

/** A problem says when to come again; the gateway's own message does not. */
function later(description: string) {
  const seconds = { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } };
  return { description, headers: { 'Retry-After': seconds }, content: { ...problem(), ...gateway() } };
}

/** The OpenAPI 3.1 document of the REST API, made from its schemas. */
export function openApiDocument(): Json {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.routeKey.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holiday bookings',
      version,
      summary: `${capitalized(listed([...allLegs.map(({ called }) => withoutArticle(called)), 'payment']))} booked as one`,
      description:
        'Errors are `application/problem+json` (RFC 9457); only the gateway in front answers a plain message, ' +
        'for instance 400 to a path with a percent sign that no two hex digits follow. Every `GET` takes `HEAD`, too, with ' +
        'the same answer without its body.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas(),
      responses: shared,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of the user pool; locally `npm run -s token -- --sub alice`',
        },
      },
    },
  };
}

function operationObject(operation: Operation): Json {
  const { operationId, tag, summary, description, open, body, example } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(open ? { security: [] } : {}),
    ...parametersOf(operation),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body), ...(example === undefined ? {} : { example }) } },
          },
        }),
    responses: responsesOf(operation),
  };
}

function parametersOf({ path = {}, query, headers = {} }: Operation): Json {
  const required = new Set((query === undefined ? [] : schemaOf(query).required) as string[] | undefined);
  const parameters = [
    ...Object.entries(path).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.has(name),
      schema,
    })),
    ...Object.entries(headers).map(([name, schema]) => ({ name, in: 'header', required: false, schema })),
  ].map(({ schema, ...parameter }) => {
    const { description, ...rest } = schemaOf(schema as never);
    return { ...parameter, ...(description === undefined ? {} : { description }), schema: rest };
  });
  return parameters.length === 0 ? {} : { parameters };
}

function responsesOf({ answers, problems = {}, open }: Operation): Json {
  const ofAll = Object.entries(sharedByStatus)
    .filter(([, name]) => !(open && name === 'Unauthorized'))
    .map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]);
  return {
    ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerObject(answer)])),
    ...Object.fromEntries(
      Object.entries(problems).map(([status, description]) => [
        status,
        {
          description,
          content: {
            ...problem(),
            // What is far too large does not come past the gateway.
            ...(Number(status) === 413 ? gateway() : {}),
          },
        },
      ]),
    ),
    ...Object.fromEntries(ofAll),
  };
}

function answerObject({ description, schema, headers = {}, links = [] }: Answer): Json {
  const named = Object.entries(headers).map(([name, text]) => [
    name,
    { description: text, required: true, schema: { type: 'string' } },
  ]);
  return {
    description,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
    content: { 'application/json': { schema: schemaOf(schema) } },
    ...(links.length === 0
      ? {}
      : {
          links: Object.fromEntries(
            links.map((operationId) => [operationId, { operationId, parameters: { id: '$response.body#/id' } }]),
          ),
        }),
  };
}
