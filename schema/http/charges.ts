import * as z from 'zod/mini';
import { messageText } from '../message-text.ts';
import { worded } from '../worded.ts';

/** Not `multipleOf`: validators divide, so that some refuse 19.99 and others admit what is next to it. */
const inHundredths = z.refine((amount) => Number((amount as number).toFixed(2)) === amount, {
  message: 'must have two decimals at most',
});

/** Body of `POST /payments/charges`, as the airline front-end sends it. */
export const CreateCharge = z.strictObject({
  /** Whole units of the currency, as a flight's `ticketPrice` is, or two decimals. */
  amount: z.number().check(z.gte(0.01), z.lte(999_999_999), inHundredths),
  currency: worded(/^[A-Za-z]{3}$/, "must be a currency's three letters such as USD"),
  stripeToken: z.string().check(z.minLength(1), z.maxLength(250), messageText),
  description: z.optional(z.string().check(z.maxLength(1000), messageText)),
  email: z.optional(z.string().check(z.maxLength(320), messageText)),
});

/** Answer of `POST /payments/charges`. */
export const CreatedCharge = z.object({ createdCharge: z.object({ id: z.string() }) });
