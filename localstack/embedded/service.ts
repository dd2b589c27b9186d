import { type Authorize, AwsError, type AwsService, type Caller } from './types.ts';

type Json = Record<string, unknown>;

export type Operation = (input: Json, caller: Caller) => Json | Promise<Json>;

/**
 * Makes a service of its operations by name. It refuses any other operation at once, with an error that clients do not retry.
 * @param title as AWS writes the service's name; refusals begin with it
 */
export function createService(title: string, operations: Readonly<Record<string, Operation>>): AwsService {
  const names = Object.keys(operations).sort();
  return {
    operations: names,
    async call(operation, input, caller) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (run !== undefined) return run(input, caller);
      throw notServed(title, operation, names);
    },
  };
}

/**
 * Operations that ask first whether the caller may: for the permission of the operation's own name on a resource, before they look at
 * anything. What a service's operations have in common is said once, and each entry is what is its own.
 */
export const guarded =
  (prefix: string, authorize: Authorize) =>
  (action: string, resource: string | ((input: Json) => string), run: Operation): Operation =>
  (input, caller) => {
    authorize(caller, `${prefix}:${action}`, typeof resource === 'string' ? resource : resource(input));
    return run(input, caller);
  };

export function notServed(title: string, operation: string, served: readonly string[]): AwsError {
  const message = `${title}: ${operation} is not served by the local cloud, only ${served.join(', ')}.`;
  return new AwsError('UnknownOperationException', message);
}
