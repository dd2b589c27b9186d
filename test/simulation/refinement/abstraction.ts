import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import {
  deleteHeader,
  markFinished,
  markReplacing,
  markRequested,
  ownerOf,
  putHeader,
  status,
  statusOf,
} from '#test/model/state/header.ts';
import {
  confirmedItem,
  money,
  noItem,
  pendingItem,
  takeSeat,
  writeFreeSeats,
  writeMoney,
} from '#test/model/state/holdings.ts';
import {
  executionCount,
  headerAt,
  hotelAt,
  memoriesAt,
  paymentAt,
  type State,
  seatsAt,
  stateBytes,
} from '#test/model/state/layout.ts';
import { messagesOf, publish } from '#test/model/state/memories.ts';
import type { Item } from '../world/books.ts';
import { trips } from '../world/trips.ts';

/** What the table holds, as the bytes that the model's states have for it. */
export interface Abstraction {
  /** Only what the table says: no runs, no queues. */
  readonly state: State;
  /** A booking run has begun. @returns its number in the model; undefined where the model knows no more of its trip */
  begin(executionId: string): number | undefined;
  executionOf(executionId: string): number | undefined;
  /** An item was written. @returns whether the abstract state is another now */
  take(pk: string, sk: string, item: Item | undefined): boolean;
  /**
   * A message went out. One that goes out for a booking whose header is about to be replaced is early: the model takes the two
   * for one action.
   * @returns whether the model has to know of it by now
   */
  tell(bookingReference: string, told: string, isEarly: boolean): boolean;
  agreesWith(state: State): boolean;
}

const tripNumbers: ReadonlyMap<string, number> = new Map([
  [trips.book, 0],
  [trips.other, 1],
]);
/** The model's executions of each trip, in the order in which they start. */
const executionsOfTrip = [[0, 1], [2]] as const;

const moneyOfCharge: Readonly<Record<string, number>> = {
  captured: money.captured,
  refunded: money.refunded,
  voided: money.voided,
};

export function createAbstraction(seats: number): Abstraction {
  const state: State = new Uint8Array(stateBytes);
  writeFreeSeats(state, seats);
  const known = new Map<string, number>();
  /** By execution, the messages that were early, as the model's bits. */
  const early = new Uint8Array(executionCount);

  function owner(item: Item): number {
    const execution = known.get(String(item.execution_id));
    if (execution === undefined) throw new Error(`An item is of ${item.execution_id}, which was never started`);
    return execution;
  }

  function takeHeader(trip: number, item: Item): void {
    // With the header that it made room for, what was early has come.
    if (statusOf(state, trip) !== status.none && ownerOf(state, trip) !== owner(item)) early[ownerOf(state, trip)] = 0;
    deleteHeader(state, trip);
    putHeader(state, trip, statusOfText(String(item.status)), owner(item));
    if (item.replaces !== undefined) markReplacing(state, trip);
    if (item.cancelRequestedAt !== undefined) markRequested(state, trip);
    if (item[unfinishedShardAttribute] === undefined) markFinished(state, trip);
  }

  const codeOf = (item: Item | undefined): number => {
    if (item === undefined) return noItem;
    return item.transaction_status === 'confirmed' ? confirmedItem(owner(item)) : pendingItem(owner(item));
  };

  function takeFlight(item: Item): void {
    const holds = [...((item.seatHolds as Set<string> | undefined) ?? [])];
    writeFreeSeats(state, Number(item.seatCapacity) + holds.length);
    for (const hold of holds) takeSeat(state, owner({ execution_id: hold }));
  }

  function takeCharge(token: string, item: Item | undefined): void {
    const execution = [...known].find(([name]) => token === tokenOf(name))?.[1];
    if (execution !== undefined) writeMoney(state, execution, moneyOfCharge[String(item?.charge_status)] ?? money.none);
  }

  function write(pk: string, sk: string, item: Item | undefined): void {
    const [kind = '', token = ''] = pk.split('#');
    const trip = tripNumbers.get(pk);
    if (kind === 'CHARGE') takeCharge(token, item);
    else if (kind === 'FLIGHT' && item !== undefined) takeFlight(item);
    else if (trip === undefined) return;
    else if (sk === 'BOOKING' && item !== undefined) takeHeader(trip, item);
    else if (sk.startsWith('HOTEL#')) state[hotelAt + trip] = codeOf(item);
    else if (sk.startsWith('PAYMENT#')) state[paymentAt + trip] = codeOf(item);
  }

  return {
    state,
    executionOf: (executionId) => known.get(executionId),
    begin(executionId) {
      const trip = tripNumbers.get(executionId.slice(0, executionId.indexOf('.')));
      const free =
        trip === undefined ? undefined : executionsOfTrip[trip]?.find((one) => ![...known.values()].includes(one));
      if (free !== undefined) known.set(executionId, free);
      return free;
    },
    take(pk, sk, item) {
      const before = state.slice();
      write(pk, sk, item);
      return !isOneTable(before, state);
    },
    tell(bookingReference, told, isEarly) {
      const execution = [...known].find(([name]) => bookingReferenceOf(name) === bookingReference)?.[1];
      if (execution === undefined) return false;
      const before = messagesOf(state, execution);
      publish(state, execution, statusOfText(told));
      const isNew = messagesOf(state, execution) !== before;
      if (isNew && isEarly) early[execution] = (early[execution] ?? 0) | (messagesOf(state, execution) & ~before);
      return isNew && !isEarly;
    },
    agreesWith(other) {
      if (!isOneTable(state, other)) return false;
      return early.every((isEarly, execution) => {
        const [seen, known] = [messagesOf(state, execution), messagesOf(other, execution)];
        return (known & ~seen) === 0 && (seen & ~known & ~isEarly) === 0;
      });
    },
  };
}

const statusOfText = (text: string): number => status[text.toLowerCase() as keyof typeof status];

/** `trip.run1` pays with `token-trip-run1`. */
const tokenOf = (executionId: string): string => `token-${executionId.replace('.', '-')}`;

/** Headers, items and charges; the model's notes come after them. */
const compared: readonly number[] = [
  ...Array.from({ length: memoriesAt - headerAt }, (_, at) => headerAt + at),
  seatsAt,
];

const isOneTable = (one: State, other: State): boolean => compared.every((at) => one[at] === other[at]);
