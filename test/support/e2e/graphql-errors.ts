import { expect } from '@jest/globals';
import type { Item } from './saga.ts';

/** What AppSync answers to a write whose condition fails, or of what is not there. */
export const conditionFailed = (field: string): Item => ({
  path: [field],
  data: null,
  errorType: 'DynamoDB:ConditionalCheckFailedException',
  errorInfo: null,
  locations: [{ line: expect.any(Number), column: expect.any(Number), sourceName: null }],
  message: 'The conditional request failed',
});
