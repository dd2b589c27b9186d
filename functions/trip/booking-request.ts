import * as z from 'zod/mini';
import { type FieldOf, type Leg, type RequestedLeg, requestedLegs } from '#functions/legs.ts';
import { BookingId } from '#schema/http/bookings.ts';
import { type CamelCase, camelCase } from './camel-case.ts';
import { text } from './define-leg.ts';
import { type RunType, runTypes } from './run-types.ts';

type SectionShape<Of extends Leg> = {
  readonly [Field in FieldOf<Of> as CamelCase<Field>]: Of['fields'][Field & keyof Of['fields']] extends {
    readonly request: infer Request extends z.ZodMiniType;
  }
    ? Request
    : never;
};
type SectionShapes = {
  readonly [Of in RequestedLeg as Of['name']]: z.ZodMiniOptional<z.ZodMiniObject<SectionShape<Of>, z.core.$strict>>;
};

const sectionShapes = Object.fromEntries(
  requestedLegs.map(({ name, fields }) => [
    name,
    z.optional(
      z.strictObject(
        Object.fromEntries(Object.entries(fields).map(([field, { request }]) => [camelCase(field), request])),
      ),
    ),
  ]),
) as unknown as SectionShapes;

const ownShape = { id: z.optional(BookingId), outboundFlightId: text().request, paymentToken: text().request };
const faultShape = {
  runType: z.optional(z.enum(runTypes as [RunType, ...RunType[]])),
  cancelFailureRate: z.optional(z.number().check(z.gte(0), z.lte(1))),
};

/** What a request has beside the legs: no leg may have such a name. */
export const ownRequestNames: readonly string[] = Object.keys({ ...ownShape, ...faultShape });

/** Body of `POST /bookings`; field names follow the saga's input, a leg that is not asked for is left out. */
export const CreateBooking = z.strictObject({ ...ownShape, ...sectionShapes });

/** Stages with fault injection also take what is to fail. */
export const CreateFaultyBooking = z.extend(CreateBooking, faultShape);

/** A validated request; the caller is the customer. */
export type BookingRequest = Readonly<z.infer<typeof CreateFaultyBooking>>;

/** The legs that a request asks for, each by its name. */
export type LegSections = { readonly [Name in RequestedLeg['name']]?: BookingRequest[Name] };
