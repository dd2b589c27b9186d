import { GraphQLError, type SourceLocation } from 'graphql';
import { FlightAlreadyExistsError, FlightNotFoundError } from '#functions/flight/flight-catalog.ts';
import { toldOf } from '#functions/shared/aws/throttling.ts';
import { type ClientError, TryLaterError } from '#functions/shared/http/client-error.ts';

/** An error that is shown to the client as it is; Amplify's clients look at `errorType`. */
export class GraphQlRequestError extends Error {
  override readonly name = 'GraphQlRequestError';
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

/** What AppSync's resolvers answer where a write's condition fails or the item is missing. */
export const conditionFailed = (): GraphQlRequestError =>
  new GraphQlRequestError('DynamoDB:ConditionalCheckFailedException', 'The conditional request failed');

export const invalidArgument = (message: string): GraphQlRequestError =>
  new GraphQlRequestError('InvalidArgumentsError', message);

export const unauthorized = (message: string): GraphQlRequestError => new GraphQlRequestError('Unauthorized', message);

/** An error as AppSync's clients expect it. */
export interface AmplifyError {
  readonly path: readonly (string | number)[] | null;
  readonly data: null;
  readonly errorType: string;
  readonly errorInfo: {
    readonly field?: string;
    readonly requestId?: string;
    /** GraphQL answers 200, so the header `Retry-After` has no place. */
    readonly retryAfterSeconds?: number;
  } | null;
  readonly locations: readonly (SourceLocation & { readonly sourceName: null })[] | null;
  readonly message: string;
}

export interface Unmasked {
  readonly errorType: string;
  readonly message: string;
  readonly field?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * What a client may read of an error; undefined for unexpected errors, of which it reads only the request's id.
 */
function unmasked(error: GraphQLError): Unmasked | undefined {
  const cause = error.originalError;
  if (cause === undefined || cause instanceof GraphQLError) {
    // Arguments that do not fit point at the document; what a resolver's value does not fit is our own mistake.
    const ofDocument = error.path === undefined || (cause?.nodes ?? []).length > 0;
    return ofDocument ? { errorType: 'ValidationError', message: error.message } : undefined;
  }
  if (cause instanceof GraphQlRequestError) return cause;
  if (cause instanceof FlightNotFoundError || cause instanceof FlightAlreadyExistsError) return conditionFailed();
  const told = toldOf(cause);
  return told && clientError(told);
}

/** REST's names of fields, as GraphQL has them. */
const graphQlFields: Readonly<Record<string, string>> = {
  outboundFlightId: 'bookingOutboundFlightId',
  'Idempotency-Key': 'clientMutationId',
};

function clientError(error: ClientError): Unmasked {
  const { name, message, field } = error;
  if (error instanceof TryLaterError) {
    return { errorType: name, message, retryAfterSeconds: error.retryAfterSeconds };
  }
  const renamed = field === undefined ? undefined : (graphQlFields[field] ?? field);
  switch (name) {
    case 'InvalidPageTokenError':
      return invalidArgument(message);
    case 'UnknownFlightError':
      return {
        errorType: name,
        message: '"bookingOutboundFlightId" names no flight of the catalog: take one of getFlightBySchedule',
        field: renamed,
      };
    case 'IdempotencyConflictError':
      return {
        errorType: name,
        message: `This "${renamed}" was sent with another input before: repeat that one, or use a new id`,
        field: renamed,
      };
    default:
      return { errorType: name, message: message.replace(`"${field}"`, `"${renamed}"`), field: renamed };
  }
}

export interface ErrorOptions {
  readonly requestId: string;
  /** Receives every error that is hidden from the client, wholly or but for its message. */
  readonly onMasked: (error: GraphQLError) => void;
}

export function amplifyError(error: GraphQLError, { requestId, onMasked }: ErrorOptions): AmplifyError {
  const { path, locations } = error;
  const known = unmasked(error);
  if (known === undefined || known.retryAfterSeconds !== undefined) onMasked(error);
  const { errorType, message, field, retryAfterSeconds }: Unmasked = known ?? {
    errorType: 'InternalFailure',
    message: `Something went wrong; request ${requestId}`,
  };
  return {
    path: path ?? null,
    data: null,
    errorType,
    errorInfo: known === undefined ? { requestId } : errorInfoOf({ field, retryAfterSeconds }),
    locations: locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null,
    message,
  };
}

function errorInfoOf(given: Pick<Unmasked, 'field' | 'retryAfterSeconds'>): AmplifyError['errorInfo'] {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return known.length === 0 ? null : Object.fromEntries(known);
}

/** An error of the whole request, under AppSync's own name. */
const ofRequest =
  (errorType: string) =>
  (message: string): AmplifyError => ({
    path: null,
    data: null,
    errorType,
    errorInfo: null,
    locations: null,
    message,
  });

/** What AppSync answers with status 400. */
export const malformedRequest = ofRequest('MalformedHttpRequestException');
/** What AppSync answers with status 401. */
export const noCustomer = ofRequest('UnauthorizedException');
