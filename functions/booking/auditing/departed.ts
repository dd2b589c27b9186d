const dayMs = 24 * 60 * 60 * 1000;

/** A departure's text begins with its day at the place of departure, which may end most of a day after UTC's. */
const daysKept = 3;

/**
 * Whether a flight has departed two whole days ago, in every time zone. A flight with an invalid date stays.
 * @param departureDate ISO 8601, a date or date and time
 * @param now ISO 8601 in UTC
 */
export function hasDeparted(departureDate: string, now: string): boolean {
  return Date.parse(`${departureDate.slice(0, 10)}T00:00:00Z`) + daysKept * dayMs <= Date.parse(now);
}
