import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLInputType, isEnumType, isInputObjectType, isNonNullType } from 'graphql';
import { rootValue } from '#functions/api/graphql/answer.ts';
import type { GraphQlContext } from '#functions/api/graphql/context.ts';
import { sdl } from '#schema/graphql/sdl.ts';
import { graphQlService } from '#test/support/graphql-service.ts';
import { table } from './bookings-setup.ts';

const schema = buildSchema(sdl);
const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}),
);

/** What the type's first rules admit, so that a resolver gets as far as it can. */
const values: Readonly<Record<string, unknown>> = { Int: 1, Boolean: true, AWSDateTime: '2026-07-01T10:00:00.000Z' };

/** A value whose fields tell `read` when they are looked at. */
function watched(fields: Readonly<Record<string, unknown>>, place: string, read: Set<string>): object {
  return new Proxy(fields, {
    get(target, name) {
      if (typeof name === 'string') read.add(`${place}${name}`);
      return Reflect.get(target, name);
    },
  });
}

interface Named {
  readonly name: string;
  readonly type: GraphQLInputType;
}

function givenFor({ name, type }: Named, place: string, watch: { read: Set<string>; all: Set<string> }): unknown {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (!isInputObjectType(inner)) return values[String(inner)] ?? 'text';
  // Filters and conditions are compiled as they come, and their fields are held by types.
  if (name !== 'input') return {};
  return objectOf(Object.values(inner.getFields()), `${place}${name}.`, watch);
}

function objectOf(fields: readonly Named[], place: string, watch: { read: Set<string>; all: Set<string> }): object {
  for (const { name } of fields) watch.all.add(`${place}${name}`);
  const given = Object.fromEntries(fields.map((field) => [field.name, givenFor(field, place, watch)]));
  return watched(given, place, watch.read);
}

describe('every argument of the schema, and every field of an input, is read by its resolver', () => {
  it.each(rootFields.map((field) => [field.name, field] as const))('%s', async (name, { args }) => {
    const watch = { read: new Set<string>(), all: new Set<string>() };
    const context = {
      caller: { sub: 'text', isAdmin: true },
      ports: graphQlService(table).ports,
    } as unknown as GraphQlContext;
    const resolve = rootValue[name as keyof typeof rootValue] as (args: object, context: GraphQlContext) => unknown;
    await Promise.resolve(resolve(objectOf(args, '', watch), context)).catch(() => undefined);
    expect(watch.all.size).toBeGreaterThan(0);
    expect([...watch.all].filter((place) => !watch.read.has(place))).toEqual([]);
  });
});
