import * as z from 'zod/mini';
import { runTypes } from '#functions/trip/run-types.ts';
import { TripId } from '#schema/saga-input.ts';

/** Query string of the demo routes; unknown parameters are ignored, as the example did. */
export const DemoQuery = z.object({
  runType: z.optional(z.enum(runTypes as [(typeof runTypes)[number], ...(typeof runTypes)[number][]])),
  tripID: z.optional(TripId),
  /** Probability from 0 to 1 with which each cancel of this run fails. */
  cancelFailureRate: z.optional(
    z
      .string()
      .check(
        z.refine((text) => /^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(text), { message: 'must be a number from 0 to 1' }),
      ),
  ),
});
export type DemoQuery = z.infer<typeof DemoQuery>;
