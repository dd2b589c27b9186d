import { randomUUID } from 'node:crypto';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { bookOnce } from '#functions/booking/accepting/book-once.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { dynamoDbBookingEditor } from '#functions/booking/editing/dynamodb-booking-editor.ts';
import { deleteBooking } from '#functions/booking/editing/edit-booking.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { aCancelOf, headerOf } from '#test/support/trips.ts';
import { alice, flight } from './accepting-setup.ts';

export const opened = openSuite(openBookingTable);

/** An id that nothing is booked under, the doors that book it, and a machine that does nothing by itself. */
export function anId() {
  const { table } = opened;
  const clock = { seconds: 0 };
  const now = () => new Date(Date.parse('2026-03-01T10:00:00.000Z') + clock.seconds * 1000).toISOString();
  const saga = memoryMachine();
  const bookings = dynamoDbBookingReader(table, now);
  const requests = dynamoDbRequestStore(table, now);
  const ports = { bookings, requests, flights: { get: async () => flight }, saga, now };
  const headers = dynamoDbHeaderStore(table, async () => undefined);
  const id = randomUUID();
  const requestOf = (paymentToken = 'token') => ({ id, outboundFlightId: 'flight', paymentToken });
  /** @returns the name of the run that the request has started; undefined where it started none */
  const started = async (asked: () => Promise<unknown>) => {
    const before = saga.runs.length;
    await asked();
    clock.seconds += 1;
    return saga.runs[before];
  };
  // Keys are the customer's own, and all worlds of this file are one customer's.
  const ask = (key: string, paymentToken?: string, asked = ports) =>
    acceptBooking(alice, { key: `${key} of ${id}`, request: requestOf(paymentToken) }, asked);
  const byKey = async (key: string, paymentToken?: string) => String(await started(() => ask(key, paymentToken)));
  /** The second is made between the first one's look at the id and its start. */
  const atOnce = async (loser: string, winner: string) => {
    let won = '';
    const get: typeof bookings.get = async (...of) => {
      const seen = await bookings.get(...of);
      won = await byKey(winner);
      return seen;
    };
    await ask(loser, undefined, { ...ports, bookings: { ...bookings, get } });
    clock.seconds += 1;
    return { won, lost: String(saga.runs.at(-1)) };
  };
  const runOf = (name: string) => BookingRunInput.parse(saga.started.get(name));
  const confirm = async (name: string) => {
    await headers.open(headerOf(runOf(name)), now());
    await headers.confirm(runOf(name), 'ABC234', now());
    saga.end(name);
  };
  const cancel = async (name: string) => {
    await headers.fence(aCancelOf(runOf(name)), { mayUndoConfirmed: true, reason: 'asked', now: now() });
    await headers.close(runOf(name), now());
    clock.seconds += 1;
  };
  return {
    id,
    clock,
    saga,
    byKey,
    atOnce,
    byId: (paymentToken?: string) => started(() => bookOnce(alice, { request: requestOf(paymentToken) }, ports)),
    answer: (key: string) => ask(key),
    confirm,
    cancel,
    /** The saga has refused it: it ends without a header of its own. */
    refuse: (name: string) => saga.end(name, { status: 'FAILED', error: 'BookingFailed' }),
    hide: () =>
      deleteBooking(alice, id, () => undefined, { bookings, editor: dynamoDbBookingEditor(table), now } as never),
    seen: async () => {
      const { status, execution_id } = (await bookings.get(id, alice)) ?? {};
      return [status, execution_id];
    },
    /** As the core release writes it: which cancelled header this one has replaced. */
  };
}

/** Booked under `first` and cancelled; the next run in its place, under `refused`, was refused. */
export async function aRefusedRebooking() {
  const world = anId();
  const first = await world.byKey('first');
  await world.confirm(first);
  await world.cancel(first);
  const refused = await world.byKey('refused');
  world.refuse(refused);
  return { ...world, first, refused };
}
