import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Caller } from '#functions/shared/http/caller.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { type GraphQlService, graphQlService } from '#test/support/graphql-service.ts';

export let table: TestTable;

export let service: GraphQlService;

beforeAll(async () => {
  table = await openBookingTable();
  service = graphQlService(table);
});

afterEach(() => table.intercept(undefined));

afterAll(() => table.close());

export const customer = (): Caller => ({ sub: `customer-${randomUUID()}`, isAdmin: false });

export const admin: Caller = { sub: 'admin', isAdmin: true };

export const conditionFailed = (field: string) => ({
  path: [field],
  data: null,
  errorType: 'DynamoDB:ConditionalCheckFailedException',
  errorInfo: null,
  locations: [{ line: 1, column: expect.any(Number), sourceName: null }],
  message: 'The conditional request failed',
});

export const firstError = async (asked: ReturnType<GraphQlService['ask']>) => (await asked).errors?.[0];
