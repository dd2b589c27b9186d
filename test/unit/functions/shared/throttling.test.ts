import { describe, expect, it } from '@jest/globals';
import { isThrottled } from '#functions/shared/aws/throttling.ts';

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
