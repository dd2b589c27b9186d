import { AwsFailure, type BookRequest } from './source.ts';

/** Checked by the API itself; here only what kind of value it is. @throws AwsFailure */
export function bookRequestOf(body: unknown): BookRequest {
  const { runType, trip, cancelFailureRate } = (body ?? {}) as Record<string, unknown>;
  if (typeof runType !== 'string') throw new AwsFailure('BadRequest', 'runType has to be a text');
  if (trip !== undefined && typeof trip !== 'string') throw new AwsFailure('BadRequest', 'trip has to be a text');
  if (cancelFailureRate !== undefined && typeof cancelFailureRate !== 'number') {
    throw new AwsFailure('BadRequest', 'cancelFailureRate has to be a number');
  }
  return { runType, trip, cancelFailureRate };
}
