import { type Booking, storedStatusOf } from '#functions/booking/booking.ts';
import { keptRunOf, runInputOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { type BookingStatus, cancelRunInput } from '#schema/saga-input.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { aTrip } from '#test/support/trips.ts';

export const bookingFor = (run: BookingRunInput, status: BookingStatus): Booking => ({
  id: run.trip_id,
  status,
  outboundFlightId: run.outbound_flight_id,
  paymentToken: run.payment_token,
  checkedIn: false,
  customer: run.customer,
  createdAt: run.started_at,
  updatedAt: run.started_at,
  execution_id: run.execution_id,
  startedAt: `${run.started_at}#${run.execution_id}`,
  run: keptRunOf(run),
});

export const marked = (booking: Booking): Booking => ({
  ...booking,
  status: 'CANCELLING',
  storedStatus: 'CONFIRMED',
  cancelRequestedAt: '2026-03-02T10:00:00.000Z',
});

/** A header that a marker may mark, a machine, and what was called in which order. */
export function aWorld(status: BookingStatus, run = aTrip()) {
  const saga = memoryMachine();
  const calls: string[] = [];
  const world = {
    run,
    saga,
    calls,
    booking: bookingFor(run, status),
    starting: saga.start,
  };
  return {
    world,
    cancelName: `${run.execution_id}.cancel`,
    cancelInput: cancelRunInput(runInputOf(world.booking, keptRunOf(run)), 'customer'),
    ports: {
      bookings: {
        get: async (id: string) => {
          calls.push('get');
          return id === world.booking.id ? world.booking : undefined;
        },
      },
      runs: { inputOf: async (booking: Booking) => runInputOf(booking, booking.run ?? {}) },
      mark: async () => {
        calls.push('mark');
        if (storedStatusOf(world.booking) !== 'CONFIRMED') return false;
        world.booking = marked(world.booking);
        return true;
      },
      saga: {
        start: (name: string, input: Record<string, unknown>) => {
          calls.push(`start ${name.slice(run.execution_id.length)}`);
          return world.starting(name, input);
        },
      },
    },
  };
}

export const failing = (name: string) => () => Promise.reject(Object.assign(new Error(`${name} of AWS`), { name }));
