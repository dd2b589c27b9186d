import { AwsFailure, type BookRequest } from './source.ts';

type Kind = 'string' | 'number';

/** Values are checked by the API itself; here only what kind each is. @throws AwsFailure */
export function bookRequestOf(body: unknown): BookRequest {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  function optional<T>(name: string, kind: Kind): T | undefined {
    const value = given[name];
    if (value !== undefined && typeof value !== kind) throw new AwsFailure('BadRequest', `${name} has to be a ${kind}`);
    return value as T | undefined;
  }
  const { legs } = given;
  if (legs !== undefined && !(Array.isArray(legs) && legs.every((leg) => typeof leg === 'string'))) {
    throw new AwsFailure('BadRequest', 'legs have to be a list of names');
  }
  return {
    runType: optional<string>('runType', 'string') ?? 'success',
    trip: optional('trip', 'string'),
    customer: optional('customer', 'string'),
    flight: optional('flight', 'string'),
    legs,
    cancelFailureRate: optional('cancelFailureRate', 'number'),
  };
}
