import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

export const opened = openSuite(openBookingTable);

export const now = '2026-03-01T10:00:00.000Z';

export const reader = () => dynamoDbBookingReader(opened.table, () => now);

export const the = (sub: string, isAdmin = false): Caller => ({ sub, isAdmin });
