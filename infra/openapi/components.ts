import * as z from 'zod/mini';
import { BookedBooking, BookingList } from '#functions/trip/booking-answer.ts';
import { CreateFaultyBooking } from '#functions/trip/booking-request.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import {
  AcceptedBooking,
  BookingHistory,
  BookingId,
  Cancellation,
  IdempotencyKey,
  largestPage,
  PageSize,
  PageToken,
  Price,
} from '#schema/http/bookings.ts';
import { CreateCharge, CreatedCharge } from '#schema/http/charges.ts';
import { FlightAnswer, FlightList } from '#schema/http/flights.ts';
import { HealthAnswer } from '#schema/http/health.ts';
import { LoyaltyAnswer } from '#schema/http/loyalty.ts';
import { GatewayMessage, Problem } from '#schema/http/problem.ts';

type JsonSchema = Record<string, unknown>;

/** Schemas with a name of their own in the document. */
const named = z.registry<{ id: string; description?: string }>();
for (const [id, schema] of Object.entries({
  AcceptedBooking,
  Booking: BookedBooking,
  BookingHistory,
  BookingList,
  Cancellation,
  CreateBooking: CreateFaultyBooking,
  CreateCharge,
  CreatedCharge,
  Flight: FlightAnswer,
  FlightList,
  GatewayMessage,
  Health: HealthAnswer,
  Loyalty: LoyaltyAnswer,
  Price,
  Problem,
})) {
  named.add(schema, { id });
}

/** What a reader has to know of a schema and the schema itself cannot say; kept out of the functions' bundles. */
const notes = new Map<unknown, JsonSchema>([
  [BookingId, { description: 'The id of a booking: your own choice, or one that the service makes' }],
  [
    IdempotencyKey,
    { description: 'Your own name for this request, for instance a UUID; visible ASCII without commas' },
  ],
  [PageToken, { description: 'From the page before, unchanged' }],
  [PageSize, { type: 'integer', minimum: 1, maximum: largestPage, description: 'Bookings or flights to read' }],
  [CreateCharge.shape.amount, { description: 'In whole units of the currency, with two decimals at most' }],
  [CreateFaultyBooking.shape.outboundFlightId, { description: 'From `GET /flights`', examples: [demoFlightId] }],
  [CreateFaultyBooking.shape.paymentToken, { description: 'From `POST /payments/charges`' }],
  [CreateFaultyBooking.shape.runType, { description: 'What is to fail on purpose; only where fault injection is on' }],
  [
    CreateFaultyBooking.shape.cancelFailureRate,
    { description: 'Probability with which each cancel fails; only where fault injection is on' },
  ],
]);

/**
 * Only a strict object refuses fields that it does not know. Of an answer the other mode would say that it never has more, and
 * clients that a generator made from that refuse the answers of a later release that tells more.
 */
const openAnswers = 'input';

const reference = (id: string): string => `#/components/schemas/${id}`;

function annotate({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  // The format says it. Some generators give the field the type of a time and then match that with the pattern.
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
  const note = notes.get(zodSchema);
  if (note === undefined) return;
  if ('type' in note) for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, note);
}

/** `components.schemas`. */
export function componentSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(named, { uri: reference, override: annotate, io: openAnswers });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema as JsonSchema)]));
}

/** A schema in place, or a reference to it where it has a name. */
export function schemaOf(schema: z.ZodMiniType): JsonSchema {
  const id = named.get(schema)?.id;
  if (id !== undefined) return { $ref: reference(id) };
  return bare(z.toJSONSchema(schema, { override: annotate, io: openAnswers }) as JsonSchema);
}

/** The document says the dialect once, and its own pointers name the schemas. */
const bare = ({ $schema, $id, ...schema }: JsonSchema): JsonSchema => schema;
