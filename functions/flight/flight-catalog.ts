import { ClientError } from '#functions/shared/http/client-error.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Page, PageRequest } from '#functions/shared/http/page.ts';
import type { FlightAnswer } from '#schema/http/flights.ts';

/** A flight of the catalog, as GraphQL's `Flight` has it. */
export interface Flight extends NewFlight {
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type NewFlight = Readonly<FlightAnswer>;
export type FlightChanges = Partial<Omit<NewFlight, 'id'>>;

export interface ScheduleRequest extends PageRequest {
  readonly departureAirportCode: string;
  /** On the composite `arrivalAirportCode#departureDate`. */
  readonly schedule?: KeyCondition | undefined;
  readonly descending?: boolean | undefined;
}

/** Looks at a flight right before it is written; what it throws refuses the write. The write is bound to what it saw. */
export interface FlightCheck {
  (flight: Flight): void;
  /** It looks at no free seats, so that the write need not be bound to them. */
  readonly ignoresSeats?: boolean;
}

/** The catalog and, in the same items, the inventory of seats that the saga takes from. */
export interface FlightCatalog {
  get(id: string): Promise<Flight | undefined>;

  /** The flights that exist, by id, in one round trip for up to 100 of them. */
  getMany(ids: readonly string[]): Promise<ReadonlyMap<string, Flight>>;

  /** Flights of a departure airport by arrival airport and departure date. */
  bySchedule(request: ScheduleRequest): Promise<Page<Flight>>;

  /** The whole catalog in no particular order. */
  list(request: PageRequest): Promise<Page<Flight>>;

  /** @throws FlightAlreadyExistsError */
  create(flight: NewFlight, now: string): Promise<Flight>;

  /**
   * Changes what is given. `seatCapacity` is set by difference: with R free seats read and N wanted, N - R is added to the
   * free seats at the time of the write, in one atomic write that is refused if the result would be negative. So seats that
   * bookings take or give back between the read and the write stay taken or given back: the flight's size (`seatCapacity +
   * size(seatHolds)`) changes by exactly N - R, as if N had been set at the moment of the read. Two Admins at once, or a
   * repeated write after a lost reply, do not add twice: each write is bound to the revision that was read, and starts again
   * from a new read where that is gone.
   * @throws FlightNotFoundError, FlightTooLargeError, FlightConflictError where other writers won every try
   */
  update(id: string, changes: FlightChanges, now: string, check?: FlightCheck): Promise<Flight>;

  /**
   * Deletes a flight without held seats, in one atomic write.
   * @throws FlightNotFoundError, FlightHasHoldsError, FlightConflictError
   */
  remove(id: string, check?: FlightCheck): Promise<Flight>;
}

export class FlightNotFoundError extends ClientError {
  override readonly name = 'FlightNotFoundError';
  override readonly status = 404;
  override readonly title = 'Flight not found';
}

export class FlightAlreadyExistsError extends ClientError {
  override readonly name = 'FlightAlreadyExistsError';
  override readonly status = 409;
  override readonly title = 'Flight exists already';
}

/** Bookings hold seats of the flight: cancel them first. */
export class FlightHasHoldsError extends ClientError {
  override readonly name = 'FlightHasHoldsError';
  override readonly status = 409;
  override readonly title = 'Flight is booked';
}

/** Free and held seats together are more than a flight may have. */
export class FlightTooLargeError extends ClientError {
  override readonly name = 'FlightTooLargeError';
  override readonly status = 422;
  override readonly title = 'Flight is too large';

  constructor(message: string) {
    super(message, 'seatCapacity');
  }
}

/** Concurrent writes won every time (optimistic lock): try again. */
export class FlightConflictError extends ClientError {
  override readonly name = 'FlightConflictError';
  override readonly status = 409;
  override readonly title = 'Flight is being changed';
}
