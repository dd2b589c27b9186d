import { legs } from '#functions/legs.ts';
import { majorUnits, minorUnits } from '#functions/shared/money/decimal-amount.ts';
import { demoPrice } from '#functions/trip/demo-trip.ts';

/** What the demo's trip costs in minor units, and what it earns its customer. */
export const demoMinorUnits = minorUnits(demoPrice.amount);
export const demoPoints = Math.floor(majorUnits(demoPrice.amount));

/** Items of a booked trip with all legs: its header, its legs, its payment. */
export const bookedItems = 1 + legs.length + 1;
