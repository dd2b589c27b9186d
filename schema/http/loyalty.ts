import * as z from 'zod/mini';

/** Answer of `GET /loyalty`. */
export const LoyaltyAnswer = z.object({
  customer: z.string(),
  points: z.int().check(z.gte(0)),
  level: z.enum(['bronze', 'silver', 'gold']),
  remainingPoints: z.int().check(z.gte(0)),
});
export type LoyaltyAnswer = z.infer<typeof LoyaltyAnswer>;

/** Query string of `GET /loyalty`: `customer` is for Admins, who have to name whose account they want. */
export const LoyaltyQuery = z.strictObject({
  customer: z.optional(z.string().check(z.minLength(1), z.maxLength(250))),
});
export type LoyaltyQuery = z.infer<typeof LoyaltyQuery>;
