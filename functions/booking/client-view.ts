import { type BookedTrip, bookedTrip } from '#functions/trip/booked-trip.ts';
import type { SagaFields } from './booking.ts';

/** Without what no client reads, and with what was booked. */
export function clientView<Seen extends SagaFields>({
  execution_id,
  startedAt,
  replaces,
  run,
  cancelRequestedAt,
  storedStatus,
  hidden,
  ...view
}: Seen): Omit<Seen, keyof SagaFields> & BookedTrip {
  return { ...view, ...bookedTrip(run) };
}
