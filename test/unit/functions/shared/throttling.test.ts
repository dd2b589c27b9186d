import { describe, expect, it } from '@jest/globals';
import { isPassing, isThrottled, toldOf } from '#functions/shared/aws/throttling.ts';

const named = (name: string, fields: object = {}): Error => Object.assign(new Error('no'), { name, ...fields });

describe('isThrottled', () => {
  it.each([
    named('ThrottlingException'),
    named('KmsThrottlingException'),
    named('TooManyRequestsException'),
    named('ProvisionedThroughputExceededException'),
    named('RequestLimitExceeded'),
    named('ExecutionLimitExceeded'),
    named('Unknown', { $metadata: { httpStatusCode: 429 } }),
  ])('given %s, then it is', (error) => expect(isThrottled(error)).toBe(true));

  it.each([
    named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
    named('ExecutionAlreadyExists'),
    named('ConditionalCheckFailedException'),
    'ThrottlingException',
    undefined,
  ])('given %s, then it is not', (error) => expect(isThrottled(error)).toBe(false));
});

describe('isPassing', () => {
  const cancelled = (...codes: string[]): Error =>
    named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

  it.each([
    named('ThrottlingException'),
    named('TransactionConflictException'),
    cancelled('None', 'TransactionConflict'),
    cancelled('ThrottlingError', 'None'),
    cancelled('ProvisionedThroughputExceeded'),
  ])('given %s, then it is, and the client is told to try later', (error) => {
    expect(isPassing(error)).toBe(true);
    expect(toldOf(error)).toMatchObject({ status: 503, retryAfterSeconds: expect.any(Number) });
  });

  it.each([named('Error'), cancelled('ConditionalCheckFailed', 'None')])('given %s, then it is not', (error) => {
    expect(isPassing(error)).toBe(false);
    expect(toldOf(error)).toBeUndefined();
  });
});
