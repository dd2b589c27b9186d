import { expect } from '@jest/globals';
import type { Item } from './saga.ts';

/** AppSync's error for a write whose condition fails, or whose item is missing. */
export const conditionFailed = (field: string): Item => ({
  path: [field],
  data: null,
  errorType: 'DynamoDB:ConditionalCheckFailedException',
  errorInfo: null,
  locations: [{ line: expect.any(Number), column: expect.any(Number), sourceName: null }],
  message: 'The conditional request failed',
});
