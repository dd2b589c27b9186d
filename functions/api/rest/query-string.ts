import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RequestError } from './problem.ts';

type WithQuery = Partial<Pick<APIGatewayProxyEventV2, 'rawQueryString'>>;

/** The query string's parameters. @throws RequestError where one is given twice, or is no text */
export function queryParametersOf({ rawQueryString = '' }: WithQuery): Readonly<Record<string, string>> {
  // No prototype, so that a parameter named like one of its members is unknown like any other.
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of rawQueryString.split('&').filter((part) => part !== '')) {
    const equals = pair.indexOf('=');
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals), 'The name of a query parameter');
    if (name in parameters) {
      throw new RequestError(400, 'Invalid request', `Query parameter "${name}" is given twice`, name);
    }
    parameters[name] = equals === -1 ? '' : decoded(pair.slice(equals + 1), `Query parameter "${name}"`, name);
  }
  return { ...parameters };
}

/** For a route that takes what it does not understand: nothing of the query string is refused. */
export function namesGivenTwice({ rawQueryString = '' }: WithQuery): readonly string[] {
  const names = [...new URLSearchParams(rawQueryString).keys()];
  return names.filter((name, at) => names.indexOf(name) !== at);
}

/** For a route that reads none: a parameter would be dropped in silence. @throws RequestError that names the first */
export function refuseQuery(event: WithQuery): void {
  const [name] = Object.keys(queryParametersOf(event));
  if (name !== undefined)
    throw new RequestError(400, 'Invalid request', `Query parameter "${name}" is unknown here`, name);
}

function decoded(text: string, subject: string, field?: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new RequestError(400, 'Invalid request', `${subject} is not percent-encoded UTF-8`, field);
  }
}
