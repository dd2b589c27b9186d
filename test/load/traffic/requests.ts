import { randomUUID } from 'node:crypto';
import { Client } from '#test/support/kill-rounds/client.ts';
import { bookingRequest, type ClientRequest, demoBooking, sectionsOf } from '#test/support/kill-rounds/requests.ts';
import type { PlannedBooking } from './plan.ts';

/** More than any of these bookings costs; in whole units. */
const charged = { amount: 1_000, currency: 'USD', stripeToken: 'tok_visa' };

export function requestOf(
  planned: PlannedBooking,
  flights: readonly string[],
  cancelFailureRate: number,
): ClientRequest {
  const { route, runType } = planned;
  const faults = runType === 'success' ? { runType } : { runType, cancelFailureRate };
  if (route === 'rest') return paidBooking(planned, { outboundFlightId: flights[planned.flight], ...faults });
  return demoBooking(Object.fromEntries(Object.entries(faults).map(([name, value]) => [name, String(value)])));
}

/** Charges the card, then books with the charge. Both have an idempotency key, so both may be repeated. */
function paidBooking({ customer, legs }: PlannedBooking, body: object): ClientRequest {
  const key = randomUUID();
  const booking = bookingRequest(customer, legs, {});
  let whole: ClientRequest | undefined;
  return {
    ...booking,
    what: `charge ${key} and book`,
    async send(target) {
      const client = await Client.of(target, customer);
      const charge = await client.post('/payments/charges', charged, { 'idempotency-key': key });
      const paymentToken = charge.body.createdCharge?.id;
      if (charge.status !== 200 || paymentToken === undefined) return charge;
      whole ??= bookingRequest(customer, legs, { ...body, ...sectionsOf(legs), paymentToken });
      return whole.send(target);
    },
  };
}
