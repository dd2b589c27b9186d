import { type Shape, shaped } from './shape.ts';
import { type Authorize, AwsError, type AwsService, type Caller } from './types.ts';

type Json = Record<string, unknown>;

export type Operation = (input: Json, caller: Caller) => Json | Promise<Json>;

/** Members of requests that would change the answer on AWS, by operation. */
type Unserved = Readonly<Record<string, readonly string[]>>;

/**
 * Makes a service of its operations by name. It refuses any other operation at once, with an error that clients do not retry.
 * @param title as AWS writes the service's name; refusals begin with it
 * @param unserved what an operation does not heed, and therefore refuses
 * @param members what those that the operations go through must be; the name of one means the same in all of them
 */
export function createService(
  title: string,
  operations: Readonly<Record<string, Operation>>,
  unserved: Unserved = {},
  members: Shape = {},
): AwsService {
  const names = Object.keys(operations).sort();
  return {
    operations: names,
    async call(operation, given, caller) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (run === undefined) throw notServed(title, operation, names);
      const input = shaped(members, given) as Json;
      const member = unserved[operation]?.find((name) => input[name] !== undefined);
      if (member === undefined) return run(input, caller);
      throw new AwsError(
        'ValidationException',
        `${title}: ${operation} with ${member} is not served by the local cloud.`,
      );
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
