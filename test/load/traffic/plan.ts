import { requestedLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type RunType, runTypes } from '#functions/trip/run-types.ts';
import { randomOf } from '#test/support/kill-rounds/random.ts';

export interface Mix {
  readonly bookings: number;
  /** Share of the bookings in which a step fails, from 0 to 1. */
  readonly failing: number;
  readonly flights: number;
  /** Share of the bookings that come by the demo route, which all take seats of one flight. */
  readonly demo: number;
  readonly seed: number;
}

export interface PlannedBooking {
  readonly route: 'rest' | 'demo';
  readonly runType: RunType;
  readonly customer: string;
  /** Index of the flight; the demo route has its own. */
  readonly flight: number;
  /** Besides those that every trip has. */
  readonly legs: readonly LegRecord[];
}

/** The demo's flight has a thousand seats at most; some stay free, so that none of its bookings is refused. */
export const mostDemoBookings = 950;
/** As many as a customer may make charges in a minute (`CHARGES_PER_MINUTE`), so that none is refused at whatever rate they come. */
const bookingsACustomer = 10;
const fewestCustomers = 40;
const failingRunTypes = runTypes.filter((runType) => runType !== 'success');

/** The same bookings for the same mix. Run types that fail come in turn, so that a short run has them all. */
export function plannedBookings({ bookings, failing, flights, demo, seed }: Mix): PlannedBooking[] {
  const random = randomOf(seed);
  const customers = Math.max(fewestCustomers, Math.ceil(bookings / bookingsACustomer));
  let failed = 0;
  let byDemo = 0;
  return Array.from({ length: bookings }, (_, index) => {
    const isDemo = random.chance(demo) && byDemo < mostDemoBookings;
    if (isDemo) byDemo += 1;
    const runType = random.chance(failing) ? failingRunTypes[failed++ % failingRunTypes.length] : undefined;
    return {
      route: isDemo ? 'demo' : 'rest',
      runType: runType ?? 'success',
      customer: `load-${index % customers}`,
      flight: random.below(flights),
      // A step can only fail where its leg is asked for.
      legs: runType === undefined ? requestedLegs.filter(() => random.chance(0.7)) : requestedLegs,
    };
  });
}
