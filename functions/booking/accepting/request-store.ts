import type { BookingRunInput } from '#functions/trip/run-input.ts';
import type { PendingOrigin } from './pending-booking.ts';

/** What an idempotency key was used for; never changed once it is written. */
export interface StoredRequest {
  readonly fingerprint: string;
  /** The saga's input, started at and priced when the key was first used. */
  readonly run: BookingRunInput;
  /** The run in the trip's header then; absent where there was no header. */
  readonly after?: string | undefined;
}

/** Keeps accepted requests, so that a repetition starts and answers what the first one did. */
export interface RequestStore {
  /** Undefined once it has lapsed. */
  find(hash: string): Promise<StoredRequest | undefined>;
  /** Stores the request unless an unexpired one is stored. @returns the stored one, which may be that of a concurrent request */
  storeFirst(hash: string, request: StoredRequest): Promise<StoredRequest>;
  /** Shows the booking to its readers until the saga has opened it. */
  putPending(run: BookingRunInput, origin?: PendingOrigin): Promise<void>;
  /** The request of the customer's pending booking with this id. */
  findByPending(id: string, customer: string): Promise<StoredRequest | undefined>;
}
