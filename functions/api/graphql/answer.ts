import { execute, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Caller } from '#functions/shared/http/caller.ts';
import { bookingResolvers } from './booking-resolvers.ts';
import type { GraphQlContext, GraphQlPorts } from './context.ts';
import type { ReadDocument } from './documents.ts';
import { type AmplifyError, amplifyError, type ErrorOptions, GraphQlRequestError } from './errors.ts';
import { flightLoader } from './flight-loader.ts';
import { flightResolvers } from './flight-resolvers.ts';
import { maxAnswerBytes, maxCost, maxDepth, queryCostOf } from './limits.ts';
import { loyaltyResolvers } from './loyalty-resolvers.ts';
import type { GraphQlRequest } from './read-request.ts';

/** Every field of `Query` and `Mutation`; their names differ, so one value is the root of both. */
export const rootValue = { ...bookingResolvers, ...flightResolvers, ...loyaltyResolvers };

export interface GraphQlAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AmplifyError[];
}

export interface AnswerOptions extends ErrorOptions {
  readonly schema: GraphQLSchema;
  readonly readDocument: ReadDocument;
  /** Without it errors suggest nothing that the schema has. */
  readonly introspection: boolean;
  readonly ports: GraphQlPorts;
}

/** @throws MalformedRequestError where the query is no GraphQL */
export async function answer(caller: Caller, request: GraphQlRequest, options: AnswerOptions): Promise<GraphQlAnswer> {
  const failed = (errors: readonly GraphQLError[]): GraphQlAnswer => ({
    data: null,
    errors: errors.map((error) => amplifyError(error, options)),
  });
  const read = options.readDocument(request.query);
  if ('errors' in read) return failed(read.errors);
  const { document } = read;
  const excess = excessOf(document, request);
  if (excess !== undefined) return failed([excess]);
  const { ports, schema, introspection } = options;
  const contextValue: GraphQlContext = { caller, ports, flightOf: flightLoader(ports.flights) };
  const { data, errors } = await execute({
    schema,
    document,
    rootValue,
    contextValue,
    variableValues: request.variables,
    operationName: request.operationName,
    hideSuggestions: !introspection,
  });
  if (errors === undefined) return { data: data ?? null };
  return { data: data ?? null, errors: errors.map((error) => amplifyError(error, options)) };
}

/** The answer as JSON, or a refusal in its place where Lambda could not carry it. */
export function bodyOf(answered: GraphQlAnswer, options: ErrorOptions): string {
  const body = JSON.stringify(answered);
  // Lambda sends the body as a string in JSON of its own, which escapes quotes and backslashes once more.
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes <= maxAnswerBytes) return body;
  const error = tooLarge(
    `The answer has ${bytes} bytes, and at most ${maxAnswerBytes} are sent: ask for fewer fields or shorter pages; what a mutation was to do is done`,
  );
  return JSON.stringify({ data: null, errors: [amplifyError(error, options)] } satisfies GraphQlAnswer);
}

const tooLarge = (message: string): GraphQLError =>
  new GraphQLError(message, { originalError: new GraphQlRequestError('QueryTooLarge', message) });

function excessOf(document: Parameters<typeof queryCostOf>[0], request: GraphQlRequest): GraphQLError | undefined {
  const query = queryCostOf(document, request);
  if (query === undefined) return undefined;
  if (query.depth > maxDepth)
    return tooLarge(`The operation is ${query.depth} levels deep; at most ${maxDepth} are answered`);
  if (query.cost <= maxCost) return undefined;
  return tooLarge(
    `The answer may hold ${query.cost} values and at most ${maxCost} are answered: ask for fewer fields or shorter pages`,
  );
}
