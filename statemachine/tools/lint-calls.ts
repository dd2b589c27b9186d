import { isDeepStrictEqual } from 'node:util';
import type { StateMachine } from './asl.ts';
import { callOf, callsFile } from './calls.ts';
import { list } from './lint-records.ts';

/** @param placeholders the names that the stack fills in: a leg that is not in the list has none */
export function lintResources({ States }: StateMachine, placeholders: ReadonlySet<string>): string[] {
  return Object.entries(States).flatMap(([name, { Type, Resource }]) => {
    if (Type !== 'Task') return [];
    const { resource, isService } = callOf(name);
    const expected = isService ? `"${resource}"` : `its function's "${resource}"`;
    if (Resource === undefined) return [`${name}: has no Resource: it should be ${expected}`];
    if (Resource !== resource) {
      const hint =
        isService || !Resource.startsWith('arn:') ? '' : `: ${callsFile} lists the states that call a service`;
      return [`${name}: its Resource is ${JSON.stringify(Resource)} instead of ${expected}${hint}`];
    }
    if (isService || placeholders.has(resource.slice(2, -2))) return [];
    return [`${name}: nothing makes a function for ${resource}: no leg in ${list} names the state ${name}`];
  });
}

/** A call with a missing or a wrong value does something else, and no error tells. @returns one sentence a state */
export const lintParameters = ({ States }: StateMachine): string[] =>
  Object.entries(States).flatMap(([name, state]) => {
    const { parameters } = callOf(name);
    const { Parameters } = state as { readonly Parameters?: unknown };
    // Where all Parameters are missing, or should be, `lintTask` reports it.
    if (parameters === undefined || Parameters === undefined) return [];
    const problems = differences('Parameters', Parameters, parameters);
    return problems.length === 0 ? [] : [`${name}: ${problems.join('; ')}: ${callsFile} says what its call gets`];
  });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns a sentence for each value that differs */
function differences(at: string, found: unknown, expected: unknown): string[] {
  if (!isObject(expected)) {
    if (isDeepStrictEqual(found, expected)) return [];
    return [`its ${at} is ${JSON.stringify(found)}: it should be ${JSON.stringify(expected)}`];
  }
  if (!isObject(found)) return [`its ${at} is ${JSON.stringify(found)}: it should be an object`];
  return [
    ...Object.entries(expected).flatMap(([field, value]) => {
      const place = placeOf(at, field);
      if (Object.hasOwn(found, field)) return differences(place, found[field], value);
      return [`has no ${place}: it should be ${JSON.stringify(value)}`];
    }),
    ...Object.keys(found)
      .filter((field) => !Object.hasOwn(expected, field))
      .map((field) => `has ${placeOf(at, field)}, which its call does not take`),
  ];
}

const placeOf = (at: string, field: string): string =>
  /^\w+$/.test(field) ? `${at}.${field}` : `${at}[${JSON.stringify(field)}]`;
