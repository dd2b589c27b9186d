import { AwsError } from '../types.ts';
import type { Reply, Request } from './http.ts';

/** Pages of the local cloud itself, by their path below `/_local/`. A string is answered as text, anything else as JSON. */
export type LocalRoutes = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

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
    return typeof value === 'string' ? text(value) : json(200, value ?? null);
  } catch (error) {
    if (error instanceof AwsError) return json(error.statusCode, { code: error.code, message: error.message });
    throw error;
  }
}

export function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}

function text(value: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: value };
}
