import type { Reply } from '../http.ts';
import { AwsError } from '../types.ts';
import type { Request } from './http.ts';

/** What a page may answer with besides text and JSON. */
export class LocalFile {
  readonly contentType: string;
  readonly body: string | Buffer;

  constructor(contentType: string, body: string | Buffer) {
    this.contentType = contentType;
    this.body = body;
  }
}

/** Pages of the local cloud itself, by their path below `/_local/`. A string is answered as text, any other value as JSON. */
export type LocalRoutes = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

/** Those of the endpoint itself, beside those that it is given. */
export const ownPages = ['health', 'services'] as const;

export const LOCAL_PREFIX = '/_local/';

/** Answers a request below `/_local/`. Only GET: whatever changes something is an AWS operation. */
export async function answerLocally(request: Request, routes: LocalRoutes): Promise<Reply> {
  if (request.method !== 'GET') return json(405, { message: `${request.method} is not possible here, only GET` });
  const name = request.path.slice(LOCAL_PREFIX.length);
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) {
    const pages = Object.keys(routes).map((each) => LOCAL_PREFIX + each);
    return json(404, { message: `There is no page ${request.path}`, pages });
  }
  try {
    const value = await route(new URLSearchParams(request.query));
    if (value instanceof LocalFile) return file(value);
    return typeof value === 'string' ? text(value) : json(200, value ?? null);
  } catch (error) {
    if (error instanceof AwsError) return json(error.statusCode, { code: error.code, message: error.message });
    throw error;
  }
}

export function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}

function file({ contentType, body }: LocalFile): Reply {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

function text(value: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: value };
}
