import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect } from '@jest/globals';
import type { Caller } from '#functions/shared/http/caller.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { type GraphQlService, graphQlService } from '#test/support/graphql-service.ts';
import { openSuite } from '#test/support/open-suite.ts';

export const table = openSuite(openBookingTable);

export let service: GraphQlService;

beforeAll(() => {
  service = graphQlService(table);
});

afterEach(() => table.intercept(undefined));

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
