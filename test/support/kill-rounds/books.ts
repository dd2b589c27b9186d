import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Item } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';

/** The whole table, by what its items are. */
export interface Books {
  /** By booking id. */
  readonly headers: ReadonlyMap<string, Item>;
  /** Legs and payments, by booking id. */
  readonly parts: ReadonlyMap<string, readonly Item[]>;
  readonly flights: ReadonlyMap<string, Item>;
  /** By token. */
  readonly charges: ReadonlyMap<string, Item>;
}

export async function readBooks(target: Target): Promise<Books> {
  const items: Item[] = [];
  const pages = paginateScan({ client: target.dynamodb }, { TableName: target.tableName, ConsistentRead: true });
  for await (const page of pages) items.push(...(page.Items ?? []));
  return sortedBooks(items);
}

/** @param items the whole table */
export function sortedBooks(items: readonly Item[]): Books {
  const headers = new Map<string, Item>();
  const parts = new Map<string, Item[]>();
  const flights = new Map<string, Item>();
  const charges = new Map<string, Item>();
  for (const item of items) {
    const [pk, sk] = [String(item.pk), String(item.sk)];
    const id = pk.slice(pk.indexOf('#') + 1);
    if (pk.startsWith('FLIGHT#')) flights.set(id, item);
    else if (pk.startsWith('CHARGE#')) charges.set(id, item);
    // Further kinds of partitions; a booking's own is its bare id.
    else if (pk.includes('#')) continue;
    else if (sk === 'BOOKING') headers.set(pk, item);
    else parts.set(pk, [...(parts.get(pk) ?? []), item]);
  }
  return { headers, parts, flights, charges };
}

export const holdsOf = (flight: Item | undefined): string[] => [
  ...((flight?.seatHolds as Set<string> | undefined) ?? []),
];

/** Seats that are free or held, which no booking changes. */
export const seatsOf = (flight: Item | undefined): number => Number(flight?.seatCapacity) + holdsOf(flight).length;

/** The promises for a confirmed booking. */
export function standingOf({ headers, parts }: Books, id: string): string {
  const { status, execution_id, bookingReference, paymentToken, outboundFlightId } = headers.get(id) ?? {};
  const lines = (parts.get(id) ?? []).map(
    ({ sk, transaction_status, amount = '' }) => `${sk} ${transaction_status} ${amount}`,
  );
  return JSON.stringify([status, execution_id, bookingReference, paymentToken, outboundFlightId, lines.sort()]);
}
