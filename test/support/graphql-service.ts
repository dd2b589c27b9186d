import { randomUUID } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { answer, type GraphQlAnswer } from '#functions/api/graphql/answer.ts';
import type { GraphQlPorts } from '#functions/api/graphql/context.ts';
import { documentReader, schemaOf } from '#functions/api/graphql/documents.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import type { Booking } from '#functions/booking/booking.ts';
import { bookingRunReader } from '#functions/booking/cancelling/booking-run-reader.ts';
import { cancelByCustomer } from '#functions/booking/cancelling/cancel-by-customer.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbBookingEditor } from '#functions/booking/editing/dynamodb-booking-editor.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { dynamoDbLoyaltyReader } from '#functions/loyalty/dynamodb-loyalty-reader.ts';
import { systemClock } from '#functions/shared/clock.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { sdl } from '#schema/graphql/sdl.ts';
import { keys } from '#schema/table.ts';
import type { TestTable } from './booking-table.ts';
import { memoryMachine } from './memory-machine.ts';

export const requestId = 'request-of-the-test';

export interface GraphQlService {
  readonly ports: GraphQlPorts;
  /** Started executions by name. */
  readonly started: Map<string, Record<string, unknown>>;
  /** Errors that clients did not see. */
  readonly masked: GraphQLError[];
  ask(caller: Caller, query: string, variables?: Record<string, unknown>): Promise<GraphQlAnswer>;
}

/** GraphQL over a table in this process and a state machine that starts everything and does nothing. */
export function graphQlService(
  table: TestTable,
  overrides: Partial<GraphQlPorts> = {},
  { introspection = true } = {},
): GraphQlService {
  const saga = memoryMachine();
  const { started } = saga;
  const masked: GraphQLError[] = [];
  const bookings = dynamoDbBookingReader(table.table);
  const ports: GraphQlPorts = {
    bookings,
    editor: dynamoDbBookingEditor(table.table),
    flights: dynamoDbFlightCatalog(table.table),
    loyalty: dynamoDbLoyaltyReader(table.table),
    requests: dynamoDbRequestStore(table.table),
    saga,
    cancel: (caller, id) =>
      cancelByCustomer(caller, id, {
        bookings,
        saga,
        mark: dynamoDbCancellationMarker(table.table, systemClock),
        runs: bookingRunReader(table.table),
      }),
    now: systemClock,
    ...overrides,
  };
  const schema = schemaOf(sdl);
  const readDocument = documentReader(schema, { introspection });
  return {
    ports,
    started,
    masked,
    ask: (caller, query, variables = {}) =>
      answer(
        caller,
        { query, variables, operationName: undefined },
        { schema, introspection, readDocument, ports, requestId, onMasked: (error) => masked.push(error) },
      ),
  };
}

/** A header as the saga leaves it. */
export async function putBooking(table: TestTable, overrides: Partial<Booking> = {}): Promise<Booking> {
  const id = overrides.id ?? randomUUID();
  const booking: Booking = {
    id,
    status: 'CONFIRMED',
    outboundFlightId: 'flight',
    paymentToken: `token-${id}`,
    checkedIn: false,
    customer: 'alice',
    createdAt: '2026-07-01T10:00:00.000Z',
    updatedAt: '2026-07-01T10:00:01.000Z',
    execution_id: `${id}.run`,
    startedAt: `2026-07-01T10:00:00.000Z#${id}.run`,
    ...overrides,
  };
  await table.put({ ...keys.booking(id), ...booking });
  return booking;
}
