import { describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { executionIdPattern, tripIdPattern } from '#schema/saga-input.ts';
import { exampleTrip } from '#test/support/demo-figures.ts';
import { aBooking, accepted, alice, aRequest, bob, flight, ports } from './accepting-setup.ts';

describe('acceptBooking', () => {
  it("given a flight, a hotel and a car, then the saga starts with the catalog's flight and the server's price", async () => {
    const world = ports();
    const { hotel, rental } = demoSections;
    const request = aRequest({ id: 'trip-1', hotel, rental });

    const answer = await accepted(acceptBooking(alice, { key: 'key-1', request }, world));

    const [[name, input] = []] = [...world.saga.started];
    expect(input).toEqual({
      trip_id: 'trip-1',
      execution_id: name,
      started_at: '2026-03-01T10:00:00.000Z',
      customer: 'alice',
      outbound_flight_id: 'demo-london-dublin',
      ...exampleTrip,
      arrive_at: '2021-07-10T07:25:00.000Z',
      payment_token: 'token-1',
      amount: '450.00',
      currency: 'USD',
    });
    expect(BookingRunInput.safeParse(input).success).toBe(true);
    expect(answer).toEqual({
      id: 'trip-1',
      status: 'UNCONFIRMED',
      outboundFlightId: 'demo-london-dublin',
      paymentToken: 'token-1',
      customer: 'alice',
      checkedIn: false,
      createdAt: '2026-03-01T10:00:00.000Z',
      price: { amount: '450.00', currency: 'USD' },
    });
    expect(world.requests.announced).toEqual(['trip-1']);
  });

  it('given no id, then it derives one that is a trip id, and an execution name that Step Functions takes', async () => {
    const world = ports();
    const { id } = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id).toMatch(tripIdPattern);
    expect([...world.saga.started.keys()]).toEqual([expect.stringMatching(executionIdPattern)]);
  });

  it('given the longest id, then the name still leaves room for the suffixes of cancel and redrive runs', async () => {
    const world = ports();
    await acceptBooking(alice, { key: 'k', request: aRequest({ id: 'x'.repeat(50) }) }, world);
    expect([...world.saga.started.keys()]).toEqual([expect.stringMatching(executionIdPattern)]);
  });

  it('given the same key and request again, even later and dearer, then it answers the same and starts nothing else', async () => {
    const world = ports();
    const first = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    world.catalog.set('demo-london-dublin', { ...flight, ticketPrice: 999 });
    const second = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    world.catalog.clear();
    const third = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));

    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.stringify(third)).toBe(JSON.stringify(first));
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same fields in another order, then it is the same request', async () => {
    const world = ports();
    const { outboundFlightId, paymentToken } = aRequest();
    await acceptBooking(alice, { key: 'k', request: { outboundFlightId, paymentToken } }, world);
    await acceptBooking(alice, { key: 'k', request: { paymentToken, outboundFlightId } }, world);
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same key with another request, then it refuses and starts nothing', async () => {
    const world = ports();
    await acceptBooking(alice, { key: 'k', request: aRequest() }, world);
    const other = acceptBooking(alice, { key: 'k', request: aRequest({ paymentToken: 'token-2' }) }, world);
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyConflictError', field: 'Idempotency-Key' });
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same key of two customers, then these are two bookings', async () => {
    const world = ports();
    const one = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    const other = await accepted(acceptBooking(bob, { key: 'k', request: aRequest() }, world));
    expect(other.id).not.toBe(one.id);
    expect(world.saga.started.size).toBe(2);
  });

  it('given no key, then every call is a booking of its own', async () => {
    const world = ports();
    await acceptBooking(alice, { request: aRequest() }, world);
    await acceptBooking(alice, { request: aRequest() }, world);
    expect(world.saga.started.size).toBe(2);
  });

  it('given a request that died before the saga was started, when repeated, then it starts with the kept request', async () => {
    const world = ports();
    const down = { ...world, saga: { start: () => Promise.reject(new Error('Step Functions is down')) } };
    await expect(acceptBooking(alice, { key: 'k', request: aRequest() }, down)).rejects.toThrow('down');
    world.catalog.set('demo-london-dublin', { ...flight, ticketPrice: 999 });

    const answer = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));

    expect(answer).toMatchObject({ createdAt: '2026-03-01T10:00:00.000Z', price: { amount: '150.00' } });
    expect([...world.saga.started.values()]).toEqual([
      expect.objectContaining({ amount: '150.00', started_at: '2026-03-01T10:00:00.000Z' }),
    ]);
  });

  it('given twenty at once under one key, then all get the same answer and one run is started', async () => {
    const world = ports();
    const calls = Array.from({ length: 20 }, () => acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    const answers = new Set((await Promise.all(calls)).map((answer) => JSON.stringify(answer)));
    expect(answers.size).toBe(1);
    expect(world.saga.started.size).toBe(1);
  });

  it('given a run that is opened while its request comes again, then that is no conflict with itself', async () => {
    const world = ports();
    const request = aRequest({ id: 'trip-1' });
    await acceptBooking(alice, { key: 'k', request }, world);
    const [executionId = ''] = world.saga.started.keys();
    // Read before the first request was kept; its run has opened the booking by the time that the flight was read.
    const requests = { ...world.requests, find: async () => undefined };
    const bookings = { header: async () => undefined, get: async () => aBooking({ execution_id: executionId }) };
    await expect(
      accepted(acceptBooking(alice, { key: 'k', request }, { ...world, requests, bookings })),
    ).resolves.toMatchObject({ id: 'trip-1' });
    expect(world.saga.runs).toHaveLength(1);
  });
});
