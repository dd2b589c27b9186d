import type { BookingMetric } from '#functions/shared/aws/observability.ts';
import type { BookingEvent } from '#schema/booking-event.ts';

/** One booking of a trip; a trip that is booked again after a cancellation has another reference. */
export type EarningBooking = Pick<BookingEvent, 'customer' | 'bookingId' | 'bookingReference'>;

/** What bookings earned. Every call may be repeated and come in any order: a booking earns once and is taken back once. */
export interface LoyaltyBook {
  /** Adds the points, unless the booking has earned or is taken back already. @returns the points added */
  earn(booking: EarningBooking, points: number): Promise<number>;

  /**
   * Takes back what the booking earned. One that earned nothing yet never will, so that a confirmation that comes
   * late adds nothing. @returns the points taken
   */
  takeBack(booking: EarningBooking): Promise<number>;
}

export interface LoyaltyDependencies {
  readonly book: LoyaltyBook;
  readonly count: (metric: BookingMetric, value: number) => void;
}

/** A point a unit of the currency; accounts hold whole points, so cents earn nothing. */
export const pointsFor = (price: number): number => Math.floor(price);

/** A confirmed booking earns its price in points, a cancelled one gives them back. */
export async function creditLoyalty(event: BookingEvent, { book, count }: LoyaltyDependencies): Promise<void> {
  if (event.status === 'CONFIRMED') {
    const earned = await book.earn(event, pointsFor(event.price));
    if (earned > 0) count('LoyaltyPointsEarned', earned);
    return;
  }
  const taken = await book.takeBack(event);
  if (taken > 0) count('LoyaltyPointsTakenBack', taken);
}
