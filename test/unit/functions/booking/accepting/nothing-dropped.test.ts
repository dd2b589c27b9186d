import { describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { CreateFaultyBooking } from '#functions/trip/booking-request.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { memoryRequests } from '#test/support/memory-requests.ts';

/** Every field that a request may have. */
const fullRequest = {
  id: 'trip-1',
  outboundFlightId: 'demo-london-dublin',
  paymentToken: 'token-1',
  ...demoSections,
  runType: 'failPayment',
  cancelFailureRate: 0.4,
} as const;

const leavesOf = (value: object): [path: string, leaf: unknown][] =>
  Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null
      ? leavesOf(inner as object).map(([path, leaf]): [string, unknown] => [`${name}.${path}`, leaf])
      : [[name, inner]],
  );

async function inputFor(request: typeof fullRequest): Promise<Record<string, unknown>> {
  const saga = memoryMachine();
  await acceptBooking(
    { sub: 'alice', isAdmin: false },
    { key: 'key', request },
    {
      flights: { get: async (id) => demoFlights.find((flight) => flight.id === id) },
      bookings: { get: async () => undefined, header: async () => undefined },
      requests: memoryRequests(),
      saga,
      now: () => '2026-03-01T10:00:00.000Z',
    },
  );
  return [...saga.started.values()][0] ?? {};
}

describe('a request with every field', () => {
  it('has the fields of the schema here', () => {
    expect(Object.keys(fullRequest).sort()).toEqual(Object.keys(CreateFaultyBooking.shape).sort());
    expect(CreateFaultyBooking.parse(fullRequest)).toEqual(fullRequest);
  });

  it.each(leavesOf(fullRequest))("reaches the saga's input: %s", async (_, asked) => {
    expect(Object.values(await inputFor(fullRequest))).toContain(asked);
  });
});
