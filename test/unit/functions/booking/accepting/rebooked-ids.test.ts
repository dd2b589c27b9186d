import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { bookOnce } from '#functions/booking/accepting/book-once.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { dynamoDbBookingEditor } from '#functions/booking/editing/dynamodb-booking-editor.ts';
import { deleteBooking } from '#functions/booking/editing/edit-booking.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { aCancelOf, headerOf } from '#test/support/trips.ts';

let opened: TestTable;
beforeAll(async () => {
  opened = await openBookingTable();
});
afterAll(() => opened.close());

const alice = { sub: 'alice', isAdmin: false };
const flight = {
  ticketPrice: 150,
  ticketCurrency: 'USD',
  departureAirportCode: 'LGW',
  departureDate: '2026-07-10T06:00:00.000Z',
  arrivalAirportCode: 'DUB',
};
const daySeconds = 24 * 3600;

/** An id that nothing is booked under, the doors that book it, and a machine that does nothing by itself. */
function anId() {
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
async function aRefusedRebooking() {
  const world = anId();
  const first = await world.byKey('first');
  await world.confirm(first);
  await world.cancel(first);
  const refused = await world.byKey('refused');
  world.refuse(refused);
  return { ...world, first, refused };
}

describe('what is shown of a cancelled booking', () => {
  it('is no request that was refused beside it, and its id is free at once', async () => {
    const { byKey, atOnce, confirm, cancel, refuse, seen } = anId();
    const { won, lost } = await atOnce('one', 'two');
    await confirm(won);
    refuse(lost);
    await cancel(won);
    expect(await seen()).toEqual(['CANCELLED', won]);

    const next = await byKey('three');
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is no request that was refused beside the booking that took the place of an earlier one', async () => {
    const { byKey, atOnce, confirm, cancel, refuse, seen } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    const { won, lost } = await atOnce('one', 'two');
    await confirm(won);
    refuse(lost);
    await cancel(won);
    expect(await seen()).toEqual(['CANCELLED', won]);
  });

  it('is no pending booking of an older release, which does not say whose place it takes', async () => {
    const { id, byKey, confirm, cancel, seen } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    await byKey('second');
    const pending = keys.bookingRequest(id, 'alice');
    const { after, ...older } = (await opened.item(pending)) ?? {};
    expect(after).toBe(first);
    await opened.put(older);
    expect(await seen()).toEqual(['CANCELLED', first]);
  });
});

describe('an id whose rebooking was refused', () => {
  it('is booked at once under another key', async () => {
    const { byKey, first, refused, seen } = await aRefusedRebooking();
    const next = await byKey('other', 'other token');
    expect([first, refused]).not.toContain(next);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is booked at once by its id alone, for another payment', async () => {
    const { byId, first, refused, seen } = await aRefusedRebooking();
    const next = await byId('other token');
    expect([undefined, first, refused]).not.toContain(next);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
  });

  it('is booked at once by its id alone, where that was how the refused one came', async () => {
    const { byId, refuse, confirm, cancel, byKey } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    const refused = String(await byId('token'));
    refuse(refused);
    expect([undefined, first, refused]).not.toContain(await byId('other token'));
  });

  it.each(['key', 'id'])('is in use while the run in its place is under way, for a request by %s', async (door) => {
    const { byKey, byId, confirm, cancel } = anId();
    const first = await byKey('first');
    await confirm(first);
    await cancel(first);
    await byKey('under way');
    const other = door === 'key' ? byKey('other', 'other token') : byId('other token');
    await expect(other).rejects.toMatchObject({ name: 'BookingIdInUseError' });
  });
});

describe('a key that comes again after its request was forgotten', () => {
  it('starts no run of a name that was used, where the id was booked by another key since', async () => {
    const { byKey, confirm, cancel, clock, saga } = anId();
    const names: string[] = [];
    for (const key of ['k1', 'k2', 'k1', 'k2']) {
      const name = await byKey(key);
      names.push(name);
      await confirm(name);
      await cancel(name);
      clock.seconds += 91 * daySeconds;
      saga.forget(name);
    }
    expect(new Set(names).size).toBe(4);
  });

  it('finds its own booking by the cancelled one that it has replaced', async () => {
    const { byKey, confirm, cancel, clock, saga, answer } = anId();
    const first = await byKey('k1');
    await confirm(first);
    await cancel(first);
    const second = await byKey('k2');
    await confirm(second);
    clock.seconds += 91 * daySeconds;
    saga.forget(second);
    await expect(answer('k2')).resolves.toMatchObject({
      kind: 'standing',
      booking: { status: 'CONFIRMED', execution_id: second },
    });
    await expect(answer('k3')).rejects.toMatchObject({ name: 'BookingIdInUseError' });
  });

  it('books anew, under a new name, what its customer has deleted', async () => {
    const { byKey, confirm, cancel, clock, saga, hide, seen } = anId();
    const first = await byKey('k1');
    await confirm(first);
    await cancel(first);
    await hide();
    clock.seconds += 91 * daySeconds;
    saga.forget(first);
    const next = await byKey('k1', 'other token');
    expect(next).not.toBe(first);
    expect(await seen()).toEqual(['UNCONFIRMED', next]);
    await confirm(next);
    expect(await seen()).toEqual(['CONFIRMED', next]);
  });
});
