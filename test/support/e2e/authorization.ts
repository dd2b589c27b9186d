import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { sdl } from '#schema/graphql/sdl.ts';
import { api } from './api.ts';
import type { Customer } from './customers.ts';
import type { Target } from './target.ts';

export type Role = 'anonymous' | 'owner' | 'other' | 'admin';

/** The subject of an attempt. */
export interface Subject {
  readonly bookingId: string;
  readonly flightId: string;
  /** Pre-authorized, enough for the flight. */
  readonly paymentToken: string;
  readonly owner: Customer;
}

export interface Attempt {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly body?: unknown;
  /** Field of the GraphQL document, whose value is the answer. */
  readonly field?: string;
  /** How to go on where the answer is a page of a list; the list is read to its end then. */
  readonly next?: (nextToken: string) => Attempt;
}

/** Which of the operations a row is of: a route key, or a field of the SDL such as `query getBooking`. */
export type Operation = string;

export const rest = (
  operation: Operation,
  about: (subject: Subject) => { readonly query?: Record<string, string>; readonly body?: unknown } = () => ({}),
) => ({
  operation,
  attempt: (subject: Subject): Attempt => {
    const [method = '', path = ''] = operation === '$default' ? ['GET', '/any/path'] : operation.split(' ');
    const { query = {}, body } = about(subject);
    const at = (more: Record<string, string>): Attempt => ({
      method,
      path: `${path.replace('{id}', subject.bookingId)}?${new URLSearchParams({ ...query, ...more })}`,
      ...(body === undefined ? {} : { body }),
      ...(operation === 'GET /bookings' ? { next: (nextToken) => at({ nextToken }) } : {}),
    });
    return at({});
  },
});

/** `selection` is what stands behind the field's name: arguments and selected fields. */
export const graphql = (operation: Operation, selection: (subject: Subject, page: string) => string) => ({
  operation,
  attempt: (subject: Subject): Attempt => {
    const [type, field = ''] = operation.split(' ');
    const at = (page: string): Attempt => ({
      method: 'POST',
      path: '/graphql',
      body: { query: `${type} { ${field}${selection(subject, page)} }` },
      field,
      ...(selection(subject, ' ').includes('nextToken')
        ? { next: (token) => at(`, nextToken: ${JSON.stringify(token)}`) }
        : {}),
    });
    return at('');
  },
});

export interface Answer {
  /** `200`, or for GraphQL `data`, `null` or the error's type. */
  readonly outcome: string;
  /** The result, with all pages of a list; for a refusal the whole answer. */
  readonly text: string;
}

export async function send(target: Target, attempt: Attempt, caller: Customer | undefined): Promise<Answer> {
  const { method, path, body, field, next } = attempt;
  const headers = field === undefined ? { 'idempotency-key': randomUUID() } : {};
  const answer = await api(target, caller, path, { method, body, headers });
  const { text } = answer;
  if (answer.status >= 300) return { outcome: String(answer.status), text };
  const { data, errors } = answer.body;
  if (field !== undefined && errors !== undefined) return { outcome: String(errors[0].errorType), text };
  const value = field === undefined ? answer.body : data[field];
  const outcome = field === undefined ? String(answer.status) : value === null ? 'null' : 'data';
  if (next === undefined || !value?.nextToken) return { outcome, text };
  const others = await send(target, next(value.nextToken), caller);
  return others.outcome === outcome ? { outcome, text: text + others.text } : others;
}

/** Every operation that a client can ask for: routes of the synthesized stack that name their method, and fields of the SDL. */
export function allOperations(): Operation[] {
  const stack = JSON.parse(readFileSync('cdktf.out/stacks/booking-saga-local/cdk.tf.json', 'utf8'));
  const routes = (Object.values(stack.resource.aws_apigatewayv2_route) as { route_key: string }[])
    .map(({ route_key }) => route_key)
    // The fields of GraphQL stand for its route; routes for any method only say what a path does not have, and those for
    // HEAD have a test of their own, since their answers tell nothing but a status.
    .filter((key) => key !== 'POST /graphql' && !/^(ANY|HEAD) /.test(key));
  const schema = buildSchema(sdl);
  const fieldsOf = (type: 'query' | 'mutation'): string[] => {
    const fields = (type === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields();
    return Object.keys(fields ?? {}).map((field) => `${type} ${field}`);
  };
  return [...routes, ...fieldsOf('query'), ...fieldsOf('mutation')];
}
