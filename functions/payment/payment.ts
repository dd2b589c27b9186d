import { minorUnits } from '#functions/shared/money/decimal-amount.ts';
import { paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import type { ReservationStore } from '#functions/shared/saga/reservation-store.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { keyText } from '#schema/saga-input.ts';
import { keys, paymentItemType } from '#schema/table.ts';
import type { PaymentGateway } from './payment-gateway.ts';

export interface PaymentDependencies {
  readonly reservations: ReservationStore;
  readonly gateway: PaymentGateway;
}

const idempotencyKeyOf = (paymentId: string, executionId: string): string => `${paymentId}#${executionId}`;

/** Pending behind the fence first, then the capture: money never moves for a booking that is closed already. */
export async function takePayment(
  trip: BookingRunInput,
  { reservations, gateway }: PaymentDependencies,
): Promise<void> {
  const id = paymentIdOf(trip);
  const key = keys.payment(trip.trip_id, id);
  const { amount, currency } = trip;
  await reservations.open(trip, key, { type: paymentItemType, id, amount, currency });
  await gateway.capture(
    {
      token: trip.payment_token,
      customer: trip.customer,
      idempotencyKey: idempotencyKeyOf(id, trip.execution_id),
    },
    { amountMinor: minorUnits(amount), currency },
  );
  await reservations.confirm(trip, key);
}

/** The gateway first: an item that is gone must mean that the money is back. */
export async function refundPayment(
  trip: CompensationInput,
  { reservations, gateway }: PaymentDependencies,
): Promise<void> {
  const id = trip.payment_id ?? paymentIdOf(trip);
  const token = chargeableToken(trip);
  if (token !== undefined) {
    await gateway.refundOrVoid({
      token,
      customer: trip.customer,
      idempotencyKey: idempotencyKeyOf(id, trip.execution_id),
    });
  }
  await reservations.remove(trip, keys.payment(trip.trip_id, id));
}

/** Undefined where `TakePayment` refuses the run for its token, so that there is nothing to give back. */
function chargeableToken({ payment_token: token }: CompensationInput): string | undefined {
  return keyText.safeParse(token).success ? token : undefined;
}
