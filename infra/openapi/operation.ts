import type * as z from 'zod/mini';

export const tags = {
  Bookings: 'Holidays of the caller; an Admin sees those of all customers',
  Flights: 'The catalog',
  Payments: 'What has to be authorized before a booking',
  Loyalty: 'Points for bookings',
  Service: 'The service itself',
} as const;

export interface Answer {
  readonly description: string;
  readonly schema: z.ZodMiniType;
  /** Names of headers, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Operations that take the answer's `id` as theirs. */
  readonly links?: readonly string[];
}

/** One route of the REST API, as the document tells it. */
export interface Operation {
  /** As the HTTP API has it, for instance `GET /bookings/{id}`. */
  readonly routeKey: string;
  readonly operationId: string;
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  /** Takes requests without a token. */
  readonly open?: true;
  readonly query?: z.ZodMiniObject;
  readonly path?: Readonly<Record<string, z.ZodMiniType>>;
  readonly headers?: Readonly<Record<string, z.ZodMiniType>>;
  readonly body?: z.ZodMiniType;
  /** A body that makes sense. */
  readonly example?: unknown;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Problems of its own beside those that every route has, by status, with what they mean. */
  readonly problems?: Readonly<Record<number, string>>;
}
