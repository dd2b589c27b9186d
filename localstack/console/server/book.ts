import type { BurstResult } from '../model/wire.ts';
import { AwsFailure, type BookRequest, type Source } from './source.ts';

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

const mostOfBurst = 500;
/** So many are accepted at a time, as by as many customers. */
const lanes = 8;

/** Starts a booking for each run type; one that is refused keeps no other back. @throws AwsFailure */
export async function bookBurst(body: unknown, book: NonNullable<Source['book']>): Promise<BurstResult> {
  const { runTypes } = (body ?? {}) as { runTypes?: unknown };
  if (!Array.isArray(runTypes) || runTypes.length === 0 || runTypes.length > mostOfBurst) {
    throw new AwsFailure('BadRequest', `A burst is of 1 to ${mostOfBurst} bookings`);
  }
  const requests = runTypes.map((runType) => bookRequestOf({ ...(body as object), runType }));
  const waiting = [...requests.entries()];
  const burst = Date.now().toString(36);
  const refusals = new Set<string>();
  let started = 0;
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        await book({ ...next[1], trip: `burst-${burst}-${next[0] + 1}` });
        started += 1;
      } catch (error) {
        refusals.add(error instanceof Error ? error.message : String(error));
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return { started, refusals: [...refusals] };
}
