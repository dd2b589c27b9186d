import { inText, type Place } from './mutation.ts';

/** What a client decides in an event of the HTTP API; the gateway makes the rest. */
const ofClient = new Set(['headers', 'queryStringParameters', 'pathParameters', 'body', 'isBase64Encoded']);
/** What clients decide in a message of a queue: the rest is SQS's. */
const ofSender = new Set(['body']);

export const isHttp = (event: object): event is HttpEvent => 'routeKey' in event;
const isQueue = (event: object): boolean => 'Records' in event;

interface HttpEvent {
  readonly headers?: unknown;
  readonly queryStringParameters?: unknown;
  readonly pathParameters?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Whether a caller from outside can put something there. */
export function isOpen(event: object, place: Place): boolean {
  const [first, , third] = place;
  if (isHttp(event)) return ofClient.has(String(first)) && !(place.length === 1 && first !== 'body');
  // A text that no JSON is inside of is told from one that is: SQS delivers text.
  if (isQueue(event)) return ofSender.has(String(third)) && place.includes(inText);
  return true;
}

/** As the gateway would pass it on: texts only, without halves of characters or line breaks in headers. */
export function asSent(event: object): object {
  if (!isHttp(event)) return event;
  const query = texts(event.queryStringParameters);
  const headers = texts(event.headers);
  for (const [name, value] of Object.entries(headers)) headers[name] = value.replaceAll(/\p{Cc}/gu, ' ');
  return {
    ...event,
    headers,
    ...(query === undefined
      ? {}
      : { queryStringParameters: query, rawQueryString: new URLSearchParams(query).toString() }),
    ...('pathParameters' in event && { pathParameters: texts(event.pathParameters) }),
    ...('body' in event && { body: textOf(event.body) }),
    isBase64Encoded: event.isBase64Encoded === true,
  };
}

function texts(fields: unknown): Record<string, string> {
  const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name.toWellFormed(), textOf(value)]));
}

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
