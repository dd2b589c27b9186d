import type { Observation } from '#embedded/index.ts';
import { majorUnits } from '#functions/shared/money/decimal-amount.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { amountPattern } from '#schema/saga-input.ts';
import { arnOf, queues } from '../world/stack.ts';

/** Of a message on the booking topic. */
type Told = Record<string, unknown>;

function published(trace: readonly Observation[], moved: ReadonlySet<number>): readonly Told[] {
  return trace.flatMap((one) =>
    one.type === 'messageSent' && one.queueArn === arnOf(queues.loyalty) && !moved.has(one.id)
      ? [JSON.parse(one.body) as Told]
      : [],
  );
}

/** What messages tell of a booking otherwise than its run was asked for. Inputs that are refused for their amount tell no price. */
export function untrueMessages(
  trace: readonly Observation[],
  moved: ReadonlySet<number>,
  runs: readonly BookingRunInput[],
): readonly string[] {
  const asked = new Map(
    runs.map(({ execution_id, trip_id, customer, amount, currency }) => [
      bookingReferenceOf(execution_id),
      { bookingId: trip_id, customer, price: amountPattern.test(amount) ? majorUnits(amount) : 0, currency },
    ]),
  );
  return published(trace, moved).flatMap((told) => {
    const wanted = asked.get(String(told.bookingReference));
    return Object.entries(wanted ?? {})
      .filter(([field, value]) => told[field] !== value)
      .map(([field, value]) => `a message of booking ${told.bookingId} says ${field} ${told[field]}, its run ${value}`);
  });
}

/**
 * The last status that subscribers were told, by booking reference.
 * @param moved ids of observations of messages that were published before
 */
export function lastMessages(trace: readonly Observation[], moved: ReadonlySet<number>): ReadonlyMap<string, string> {
  return new Map(
    published(trace, moved).map(({ bookingReference, status }) => [String(bookingReference), String(status)]),
  );
}
