import { flight } from '#functions/flight/leg.ts';
import { hotel } from '#functions/hotel/leg.ts';
import { rental } from '#functions/rental/leg.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';

/** The legs of a trip, in the order in which they are reserved: the one list of them. Adding one: docs/add-a-leg.md */
export const legs = [hotel, flight, rental] as const;

export type Leg = (typeof legs)[number];

/** What a customer may ask for; the others every trip has. */
export type RequestedLeg = Extract<Leg, { readonly source: { readonly from: 'request' } }>;
export type RequiredLeg = Exclude<Leg, RequestedLeg>;

export type FieldOf<Of extends Leg> = Of extends Leg ? keyof Of['fields'] & string : never;

/** For code that treats all legs alike. */
export const allLegs: readonly LegRecord[] = legs;
export const requestedLegs: readonly LegRecord[] = allLegs.filter(({ source }) => source.from === 'request');
