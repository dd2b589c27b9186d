/**
 * Route selection of HTTP APIs ("Routing API requests" of the developer guide): the most specific path that takes the method, a
 * named method before ANY, `$default` last.
 */

export interface RouteMatch<T> {
  readonly route: T;
  readonly routeKey: string;
  /** Undefined where the route has no variables. */
  readonly pathParameters: Record<string, string> | undefined;
}

export type Routes<T> = (method: string, path: string) => RouteMatch<T> | undefined;

interface Entry<T> {
  readonly route: T;
  readonly routeKey: string;
  readonly method: string;
  readonly segments: readonly string[];
}

const DEFAULT = '$default';
const FORM = /^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/\S*)$/;
/** A part of a path: a text, or wholly a variable, which is greedy with a plus. */
const PART = /^(?:[^{}]*|\{([^{}+]+)(\+)?\})$/;

interface RouteEntry<T> {
  readonly routeKey: string;
  readonly route: T;
  /** Where the key is written; errors begin with it. */
  readonly place?: string;
}

/** @throws an error that names a route key of no known form, or one that is there twice */
export function createRoutes<T>(routes: readonly RouteEntry<T>[]): Routes<T> {
  const fixed = new Map<string, RouteMatch<T>>();
  const variable: Entry<T>[] = [];
  let fallback: RouteMatch<T> | undefined;
  const seen = new Map<string, string>();

  for (const { routeKey, route, place = 'route key' } of routes) {
    const refuse = (what: string) => new Error(`${place}: "${routeKey}": ${what}`);
    // Which requests a route takes does not hang on what its variables are called.
    const taken = routeKey.replaceAll(/\{[^{}+]+/g, '{');
    const earlier = seen.get(taken);
    if (earlier !== undefined) throw refuse(`is there twice, the other time as "${earlier}"`);
    seen.set(taken, routeKey);
    const [, method, path] = FORM.exec(routeKey) ?? [];
    if (routeKey === DEFAULT) fallback = { route, routeKey, pathParameters: undefined };
    else if (method === undefined || path === undefined) {
      throw refuse(
        'expected "$default" or "<METHOD> /<path>", with ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST or PUT',
      );
    } else {
      const segments = path.split('/');
      const flaw = flawOf(segments);
      if (flaw !== undefined) throw refuse(flaw);
      if (path.includes('{')) variable.push({ route, routeKey, method, segments });
      else fixed.set(routeKey, { route, routeKey, pathParameters: undefined });
    }
  }
  variable.sort(bySpecificity);

  return (method, path) => {
    const exact = fixed.get(`${method} ${path}`) ?? fixed.get(`ANY ${path}`);
    if (exact !== undefined) return exact;
    const segments = path.split('/');
    for (const entry of variable) {
      if (entry.method !== method && entry.method !== 'ANY') continue;
      const pathParameters = matchSegments(entry.segments, segments);
      if (pathParameters !== undefined) return { route: entry.route, routeKey: entry.routeKey, pathParameters };
    }
    return fallback;
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-routes-path-variables */
function flawOf(segments: readonly string[]): string | undefined {
  const names = new Set<string>();
  for (const [position, part] of segments.entries()) {
    const [whole, name, greedy] = PART.exec(part) ?? [];
    if (whole === undefined) return `"${part}" must be a text, or wholly a variable: {name} or {name+}`;
    if (name === undefined) continue;
    if (names.has(name)) return `the variable "${name}" is there twice: give each a name of its own`;
    names.add(name);
    if (greedy && position < segments.length - 1) return `${part} takes all the rest, so it must be the last part`;
  }
  return undefined;
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [position, part] of pattern.entries()) {
    const [, name, greedy] = PART.exec(part) ?? [];
    const value = segments[position];
    if (value === undefined) return undefined;
    if (name === undefined) {
      if (value !== part) return undefined;
    } else if (greedy === undefined) {
      if (value === '') return undefined;
      parameters[name] = value;
    } else {
      const rest = segments.slice(position).join('/');
      if (rest === '') return undefined;
      parameters[name] = rest;
      return parameters;
    }
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/** Segment by segment: text, then variable, then greedy variable; on equal paths a named method first. */
function bySpecificity(left: Entry<unknown>, right: Entry<unknown>): number {
  const length = Math.max(left.segments.length, right.segments.length);
  for (let position = 0; position < length; position += 1) {
    const difference = rank(left.segments[position]) - rank(right.segments[position]);
    if (difference !== 0) return difference;
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY');
}

function rank(segment: string | undefined): number {
  if (segment === undefined) return 3;
  if (segment.endsWith('+}')) return 2;
  return segment.startsWith('{') ? 1 : 0;
}
