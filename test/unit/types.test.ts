import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';

describe('AwsError', () => {
  it('carries code, status and details', () => {
    expect(new AwsError('X', 'y', 403, { a: 1 })).toMatchObject({
      code: 'X',
      message: 'y',
      statusCode: 403,
      details: { a: 1 },
    });
  });
});
