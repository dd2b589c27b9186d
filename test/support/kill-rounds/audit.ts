import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { type Books, holdsOf, seatsOf } from './books.ts';

/** A part that a booking has once it is confirmed, as its sort key begins: a leg's name in capitals, or `PAYMENT`. */
export type PartKind = string;

export const partOf = ({ name }: Pick<LegRecord, 'name'>): PartKind => name.toUpperCase();

/** What a layer of the undo removes, by the layer's state. */
export const partOfLayer: ReadonlyMap<string, PartKind> = new Map([
  ['RefundPayment', 'PAYMENT'],
  ...allLegs.map((leg) => [leg.states.cancel, partOf(leg)] as const),
]);

/** Of every booking. */
export const requiredParts: readonly PartKind[] = [
  ...allLegs.filter(({ source }) => source.from === 'flight').map(partOf),
  'PAYMENT',
];

export interface Expected {
  /** Free and held seats of each flight. */
  readonly seats: ReadonlyMap<string, number>;
  /** Of the bookings whose request is known, by id. */
  readonly parts: ReadonlyMap<string, readonly PartKind[]>;
}

/**
 * What is wrong with a table in which nothing is under way: every booking is confirmed whole or undone whole, and
 * seats and money are those of the confirmed ones.
 */
export function violationsOf(books: Books, expected: Expected): string[] {
  const found: string[] = [];
  for (const [id, header] of books.headers) {
    for (const problem of headerProblems(id, header, books, expected)) found.push(`booking ${id}: ${problem}`);
  }
  for (const id of books.parts.keys()) if (!books.headers.has(id)) found.push(`booking ${id}: parts without a header`);
  for (const [id, flight] of books.flights) {
    const seats = expected.seats.get(id);
    if (seats !== undefined && seatsOf(flight) !== seats) {
      found.push(`flight ${id}: ${seatsOf(flight)} seats, not ${seats}`);
    }
    for (const hold of holdsOf(flight)) {
      if (!isConfirmed(books, hold)) found.push(`flight ${id}: a seat is held by ${hold}, which is not confirmed`);
    }
  }
  for (const [token, charge] of books.charges) {
    const execution = captureOf(charge);
    if (keptMinor(charge) !== 0 && !isConfirmed(books, execution)) {
      found.push(`charge ${token}: ${keptMinor(charge)} kept for ${execution}, which is not confirmed`);
    }
  }
  return found;
}

function* headerProblems(id: string, header: Item, books: Books, expected: Expected): Generator<string> {
  const { status, execution_id: execution, outboundFlightId, paymentToken } = header;
  const parts = books.parts.get(id) ?? [];
  if (header.unfinishedShard !== undefined) yield `${status}, and still among the unfinished`;
  if (status === 'CANCELLED') {
    if (parts.length > 0) yield `CANCELLED with ${parts.map(({ sk }) => sk)}`;
    return;
  }
  if (status !== 'CONFIRMED') {
    yield `ends as ${status}`;
    return;
  }
  if (header.cancelRequestedAt !== undefined) yield 'CONFIRMED, although its cancellation was asked for';
  const kinds = parts.map(({ sk }) => String(sk).split('#')[0]).sort();
  const wanted = [...(expected.parts.get(id) ?? requiredParts)].sort();
  if (expected.parts.has(id) ? kinds.join() !== wanted.join() : wanted.some((kind) => !kinds.includes(kind))) {
    yield `CONFIRMED with ${kinds}, not ${wanted}`;
  }
  for (const { sk, execution_id, transaction_status } of parts) {
    if (execution_id !== execution) yield `${sk} is of ${execution_id}`;
    if (transaction_status !== 'confirmed') yield `${sk} is ${transaction_status}`;
  }
  if (!holdsOf(books.flights.get(String(outboundFlightId))).includes(String(execution)))
    yield 'CONFIRMED without a seat';
  const charge = books.charges.get(String(paymentToken)) ?? {};
  const price = Math.round(priceOf(parts) * 100);
  if (captureOf(charge) !== execution || keptMinor(charge) !== price) {
    yield `${keptMinor(charge)} kept for ${captureOf(charge)}, not ${price} for ${execution}`;
  }
}

/** The points of each customer's confirmed bookings: one for each whole unit of the price. */
export function pointsOf({ headers, parts }: Books): Map<string, number> {
  const points = new Map<string, number>();
  for (const [id, { status, customer }] of headers) {
    const earned = status === 'CONFIRMED' ? Math.floor(priceOf(parts.get(id) ?? [])) : 0;
    points.set(String(customer), (points.get(String(customer)) ?? 0) + earned);
  }
  return points;
}

const priceOf = (parts: readonly Item[]): number => Number(parts.find(({ type }) => type === 'Payment')?.amount);

const isConfirmed = ({ headers }: Books, execution: string): boolean => {
  const header = headers.get(execution.split('.')[0] ?? '');
  return header?.status === 'CONFIRMED' && header.execution_id === execution;
};

/** The execution that captured it. */
const captureOf = ({ capture_key: key }: Item): string => String(key).slice(String(key).indexOf('#') + 1);

const keptMinor = ({ captured_minor = 0, refunded_minor = 0 }: Item): number =>
  Number(captured_minor) - Number(refunded_minor);
