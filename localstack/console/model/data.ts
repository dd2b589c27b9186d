/** Views of the single table, as the server sends them to the page. */

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };
export type Attributes = Readonly<Record<string, Plain>>;

/** One of the service's access patterns, as `schema/table.ts` lists them. */
export interface AccessPattern {
  /** `AP2` */
  readonly id: string;
  readonly what: string;
  readonly how: string;
}

/** What was read, and by which access patterns. */
export interface Seen<Of> {
  readonly patterns: readonly AccessPattern[];
  readonly data: Of;
  /** Where there is more than is shown. */
  readonly note?: string;
}

export interface BookingRow {
  readonly trip: string;
  readonly status: string;
  readonly customer: string;
  readonly flight: string;
  readonly executionId: string;
  readonly paymentToken: string;
  readonly updatedAt: string;
}

/** An item of a trip's partition. */
export interface TripItem {
  readonly sk: string;
  readonly type: string;
  readonly status: string | undefined;
  readonly attributes: Attributes;
}

export interface TripData {
  readonly trip: string;
  /** The header first, then the parts by their sort keys. */
  readonly items: readonly TripItem[];
}

export interface FlightRow {
  readonly id: string;
  readonly route: string;
  readonly departs: string;
  readonly price: string;
  readonly free: number;
  /** Seats that bookings hold, those of confirmed ones included. */
  readonly taken: number;
}

/** `lost`: no booking stands behind the hold any more; the reconciler releases it. */
export type SeatState = 'free' | 'held' | 'sold' | 'lost';

export interface Seat {
  readonly state: Exclude<SeatState, 'free'>;
  readonly executionId: string;
  readonly trip: string;
  readonly customer: string | undefined;
}

export interface FlightData extends FlightRow {
  readonly seats: readonly Seat[];
}

export interface CustomerRow {
  readonly customer: string;
  readonly bookings: number;
  readonly confirmed: number;
  readonly points: number;
}

export interface PointsRow {
  readonly trip: string;
  readonly reference: string;
  readonly points: number;
  readonly status: string;
}

export interface CustomerData {
  readonly customer: string;
  readonly points: number;
  readonly entries: readonly PointsRow[];
  readonly bookings: readonly BookingRow[];
}

export interface ChargeRow {
  readonly token: string;
  readonly trip: string;
  readonly customer: string;
  readonly status: string;
  /** Amounts are in words, `450.00 USD`. */
  readonly authorized: string;
  readonly captured: string;
  readonly refunded: string;
}
