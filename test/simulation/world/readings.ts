import { type Booking, bookingOf } from '#functions/booking/booking.ts';
import { booksOf, type Item } from './books.ts';
import type { Deeds } from './deeds.ts';
import { type Asking, request } from './requests.ts';
import { customer, trips } from './trips.ts';
import type { World } from './world.ts';

type Act = readonly [about: string, act: (world: World, deeds: Deeds) => Promise<void>];
type Shown = Readonly<Record<string, unknown>>;

const fields = 'id status customer createdAt updatedAt checkedIn bookingReference';

/** What clients read and edit. */
export const readings: Readonly<Record<string, Act>> = {
  list: [
    'the customer reads GET /bookings',
    (world, deeds) => read(world, deeds, { route: 'GET /bookings' }, ({ items }) => items as Shown[]),
  ],
  'by-status': [
    'the customer reads getBookingByStatus by GraphQL',
    (world, deeds) => readConnection(world, deeds, 'getBookingByStatus', `(customer: "${customer}")`, false),
  ],
  'list-all': [
    'an Admin reads listBookings by GraphQL',
    (world, deeds) => readConnection(world, deeds, 'listBookings', '', true),
  ],
  show: ['the customer reads GET /bookings/{id}', show],
  'check-in': ['the customer checks in by updateBooking', checkIn],
};

function readConnection(world: World, deeds: Deeds, name: string, given: string, isAdmin: boolean): Promise<void> {
  const body = { query: `{ ${name}${given} { items { ${fields} outboundFlight { id } } } }` };
  return read(world, deeds, { route: 'POST /graphql', body, isAdmin }, ({ data }) => {
    const { items } = (data as Record<string, { items: Shown[] } | null> | null)?.[name] ?? { items: undefined };
    return items;
  });
}

async function read(
  world: World,
  deeds: Deeds,
  asking: Asking,
  itemsOf: (answer: Record<string, unknown>) => readonly Shown[] | undefined,
): Promise<void> {
  const { status, body } = await request(world, deeds, asking);
  const items = status === 200 ? itemsOf(JSON.parse(body)) : undefined;
  if (items === undefined) deeds.broken.push(`${asking.route} answers ${status} ${body}`);
  else deeds.shown.push(items);
}

/** The header is read consistently: what stood before the request and stands after it is what is shown. */
async function show(world: World, deeds: Deeds): Promise<void> {
  const before = headerOf(world);
  const { body } = await request(world, deeds, { route: 'GET /bookings/{id}', id: trips.book });
  const after = headerOf(world);
  if (before === undefined || JSON.stringify(before) !== JSON.stringify(after)) return;
  const { status, updatedAt } = JSON.parse(body) as Partial<Booking>;
  const own = bookingOf(before);
  // A cancelled booking gives way to one that was accepted.
  if (own.status !== 'CANCELLED' && (status !== own.status || updatedAt !== own.updatedAt))
    deeds.broken.push(
      `GET /bookings/{id} shows ${status} of ${updatedAt}, the header ${own.status} of ${own.updatedAt}`,
    );
}

/** A caller whose booking stays confirmed is not refused. */
async function checkIn(world: World, deeds: Deeds): Promise<void> {
  const before = headerOf(world);
  const query = `mutation { updateBooking(input: { id: "${trips.book}", checkedIn: true }) { checkedIn } }`;
  const { body } = await request(world, deeds, { route: 'POST /graphql', body: { query } });
  const after = headerOf(world);
  const isAnswered = body.includes('"checkedIn":true');
  if (isConfirmed(before) && isConfirmed(after) && before?.execution_id === after?.execution_id) {
    if (!isAnswered) deeds.broken.push(`updateBooking refuses a confirmed booking: ${body}`);
    else if (after?.checkedIn !== true)
      deeds.broken.push('updateBooking answered with a check-in that it did not write');
  }
}

const isConfirmed = (header: Item | undefined): boolean =>
  header?.status === 'CONFIRMED' && header.cancelRequestedAt === undefined;

const headerOf = ({ cloud }: World): Item | undefined => booksOf(cloud).headers.get(trips.book);
