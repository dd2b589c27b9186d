/**
 * The single table: keys, indexes and access patterns, the one place that spells them.
 *
 * | # | Access pattern | How |
 * |---|---|---|
 * | AP1 | a booking's header | Get `pk=<tripId>, sk=BOOKING`, BatchGet for the seat holds of a flight and for a page of a list |
 * | AP2 | a trip and all its parts | Query `pk=<tripId>` |
 * | AP3 | a customer's bookings, by status (`getBookingByStatus`) | Query `ByCustomerStatus` |
 * | AP4 | a flight with its seats and holds | Get `pk=FLIGHT#<flightId>, sk=FLIGHT`, BatchGet for a page of bookings |
 * | AP5 | flights of a departure airport by arrival and date | Query `ByDepartureSchedule` |
 * | AP6 | bookings that are not finished, oldest change first | Query `ByUnfinished`, shard by shard |
 * | AP7 | every flight of the catalog (`listFlights`, `GET /flights` without a departure airport) | Scan `ByDepartureSchedule` |
 * | AP8 | a pre-authorized charge of the built-in gateway | Get `pk=CHARGE#<token>, sk=CHARGE` |
 * | AP9 | a customer's loyalty points | Get `pk=LOYALTY#<customer>, sk=ACCOUNT` |
 * | AP10 | what a booking earned a customer | Get `pk=LOYALTY#<customer>, sk=BOOKING#<tripId>#<bookingReference>` |
 * | AP11 | a customer's points with all that they come from | Query `pk=LOYALTY#<customer>` |
 * | AP12 | what a customer's idempotency key stands for | Get `pk=IDEMPOTENCY#<hash>, sk=IDEMPOTENCY` |
 * | AP13 | a booking that a customer's request was accepted for and that has no header yet | Get `pk=REQUEST#<tripId>, sk=REQUEST#<customer>` |
 * | AP14 | all customers' bookings (Admin only) | Scan `ByCustomerStatus` |
 * | AP16 | flights whose seat holds are audited, by id | Query `BySeatAudit`, kind by kind |
 * | AP17 | how far the audit of seat holds has come | Get `pk=AUDIT#seat-holds, sk=AUDIT` |
 * | AP18 | how many charges a customer has tried in a minute | Update `pk=RATE#<customer>, sk=CHARGES#<minute>` |
 * | AP19 | whether a charge with a customer's key was counted | Put `pk=RATE#<customer>, sk=COUNTED#<hash>` where absent |
 * | AP20 | a customer's bookings, newest first | Query `ByCustomerStarted`, then BatchGet of their headers |
 */
export const partitionKey = 'pk';
export const sortKey = 'sk';
/** Epoch seconds after which DynamoDB may delete an item; only items that must not live for ever carry it. */
export const timeToLiveAttribute = 'expiresAt';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What ends the prefix of a partition key. Trip ids have none (`tripIdPattern`). */
export const prefixEnd = '#';

/**
 * Beginnings of the partition keys, by what lives there; a trip's partition key is its id alone. Roles are let into partitions
 * by these kinds (`keyConditionOf`), so items that different functions may see have kinds of their own.
 */
export const partitionPrefixes = {
  flight: `FLIGHT${prefixEnd}`,
  charge: `CHARGE${prefixEnd}`,
  loyalty: `LOYALTY${prefixEnd}`,
  idempotency: `IDEMPOTENCY${prefixEnd}`,
  request: `REQUEST${prefixEnd}`,
  rate: `RATE${prefixEnd}`,
  audit: `AUDIT${prefixEnd}`,
} as const;

export type PartitionKind = 'trip' | keyof typeof partitionPrefixes;

export const keys = {
  booking: (tripId: string): Key => ({ pk: tripId, sk: 'BOOKING' }),
  /** @param leg the leg's name */
  leg: (leg: string, tripId: string, id: string): Key => ({ pk: tripId, sk: `${leg.toUpperCase()}#${id}` }),
  payment: (tripId: string, id: string): Key => ({ pk: tripId, sk: `PAYMENT#${id}` }),
  flightInventory: (flightId: string): Key => ({ pk: `${partitionPrefixes.flight}${flightId}`, sk: 'FLIGHT' }),
  charge: (token: string): Key => ({ pk: `${partitionPrefixes.charge}${token}`, sk: 'CHARGE' }),
  idempotency: (hash: string): Key => ({ pk: `${partitionPrefixes.idempotency}${hash}`, sk: 'IDEMPOTENCY' }),
  /** Each customer's own: the id may be another one's booking. */
  bookingRequest: (tripId: string, customer: string): Key => ({
    pk: `${partitionPrefixes.request}${tripId}`,
    sk: `REQUEST#${customer}`,
  }),
  /** `minute` as in `2026-03-01T10:00`. */
  chargeCount: (customer: string, minute: string): Key => ({
    pk: `${partitionPrefixes.rate}${customer}`,
    sk: `CHARGES#${minute}`,
  }),
  countedCharge: (customer: string, hash: string): Key => ({
    pk: `${partitionPrefixes.rate}${customer}`,
    sk: `COUNTED#${hash}`,
  }),
  seatAudit: (): Key => ({ pk: `${partitionPrefixes.audit}seat-holds`, sk: 'AUDIT' }),
  loyaltyAccount: (customer: string): Key => ({ pk: `${partitionPrefixes.loyalty}${customer}`, sk: 'ACCOUNT' }),
  /** The reference tells the bookings of one trip apart: it can be booked again once it was cancelled. */
  loyaltyRecord: (customer: string, tripId: string, bookingReference: string): Key => ({
    pk: `${partitionPrefixes.loyalty}${customer}`,
    sk: `BOOKING#${tripId}#${bookingReference}`,
  }),
} as const;

/** `type` of a payment's item; legs' items have types of their own. */
export const paymentItemType = 'Payment';

/** Composite sort key of the catalog index; its name is the one that Amplify's transform gives it. */
export const departureScheduleSortKey = 'arrivalAirportCode#departureDate';

/** Its value. */
export function departureScheduleOf(flight: {
  readonly arrivalAirportCode: string;
  readonly departureDate: string;
}): string {
  return `${flight.arrivalAirportCode}#${flight.departureDate}`;
}

/**
 * The sparse index holds a header only while it carries this attribute: while UNCONFIRMED or CANCELLING, until its final
 * message is out, and while it is CONFIRMED and asked to be cancelled.
 */
export const unfinishedShardAttribute = 'unfinishedShard';
const unfinishedShardCount = 8;

/** All partitions of `ByUnfinished`; more than one so that a burst of bookings does not heat a single partition. */
export const unfinishedShards: readonly string[] = Array.from(
  { length: unfinishedShardCount },
  (_, shard) => `${shard}`,
);

/** The shard of a trip: derived, so that every writer of its header agrees. */
export function unfinishedShardOf(tripId: string): string {
  let hash = 0;
  for (const character of tripId) hash = (Math.imul(31, hash) + (character.codePointAt(0) ?? 0)) >>> 0;
  return `${hash % unfinishedShardCount}`;
}

/** The sparse index holds a flight only while it carries this attribute, that is while its seat holds are audited. */
export const seatAuditAttribute = 'seatAudit';

/**
 * Values of that attribute: `departing` until two days after the departure, `always` where the date says nothing, as on
 * the demo's flights, which depart on the example's date and are sold for ever.
 */
export const seatAudits = ['departing', 'always'] as const;
export type SeatAudit = (typeof seatAudits)[number];

/** Catalog fields of a flight, as GraphQL's `Flight` has them. */
export const flightCatalogFields = [
  'id',
  'departureDate',
  'departureAirportCode',
  'departureAirportName',
  'departureCity',
  'departureLocale',
  'arrivalDate',
  'arrivalAirportCode',
  'arrivalAirportName',
  'arrivalCity',
  'arrivalLocale',
  'ticketPrice',
  'ticketCurrency',
  'flightNumber',
] as const;

export interface IndexDefinition {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey: string;
  readonly projection:
    | { readonly type: 'ALL' | 'KEYS_ONLY' }
    | { readonly type: 'INCLUDE'; readonly attributes: readonly string[] };
}

export const indexes = {
  byCustomerStatus: {
    name: 'ByCustomerStatus',
    hashKey: 'customer',
    rangeKey: 'status',
    projection: { type: 'ALL' },
  },
  byCustomerStarted: {
    name: 'ByCustomerStarted',
    hashKey: 'customer',
    // Unique, beginning with the time. Keys alone, so that no write to a header but the one that opens it writes here.
    rangeKey: 'startedAt',
    projection: { type: 'KEYS_ONLY' },
  },
  byDepartureSchedule: {
    name: 'ByDepartureSchedule',
    hashKey: 'departureAirportCode',
    rangeKey: departureScheduleSortKey,
    // Not `seatHolds`: a popular flight's holds would be copied at every booking, and no reader of the index needs them.
    projection: {
      type: 'INCLUDE',
      attributes: [
        ...flightCatalogFields.filter((field) => field !== 'departureAirportCode'),
        'seatCapacity',
        'createdAt',
        'updatedAt',
      ],
    },
  },
  byUnfinished: {
    name: 'ByUnfinished',
    hashKey: unfinishedShardAttribute,
    rangeKey: 'updatedAt',
    projection: { type: 'INCLUDE', attributes: ['status', 'execution_id', 'startedAt'] },
  },
  bySeatAudit: {
    name: 'BySeatAudit',
    hashKey: seatAuditAttribute,
    // Unique, so that the audit goes on after the flight that it saw last.
    rangeKey: 'id',
    // No more, so that a seat that is taken writes nothing here.
    projection: { type: 'KEYS_ONLY' },
  },
} as const satisfies Record<string, IndexDefinition>;
