import { fenceVerdict, makesRoomFor } from '#functions/booking/steps/fence-verdict.ts';
import {
  BookingAlreadyExistsError,
  BookingNotFencedError,
  ReservationsRemainError,
} from '#functions/booking/steps/header-errors.ts';
import { type HeaderStore, startedAtOf } from '#functions/booking/steps/header-store.ts';
import {
  BookingNotOpenError,
  ReservationConflictError,
  ReservationNotFoundError,
} from '#functions/shared/saga/reservation-errors.ts';
import type { ReservationStore } from '#functions/shared/saga/reservation-store.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import type { Key } from '#schema/table.ts';

export interface MemoryHeader {
  readonly execution_id: string;
  readonly startedAt: string;
  readonly customer: string;
  readonly openedAt?: string | undefined;
  readonly replaces?: string | undefined;
  readonly status: BookingStatus;
  readonly checkedIn: boolean;
  readonly bookingReference?: string;
  readonly failureReason?: string;
}

export interface MemoryBookings {
  readonly headers: HeaderStore;
  readonly reservations: ReservationStore;
  /** By trip. */
  readonly headerOf: Map<string, MemoryHeader>;
  /** By `pk/sk`. */
  readonly items: Map<string, Record<string, unknown>>;
}

export const itemName = ({ pk, sk }: Key): string => `${pk}/${sk}`;

/** Both stores of a booking in memory, with the conditions of their ports; held to the real ones by the same suites. */
export function memoryBookings(): MemoryBookings {
  const headerOf = new Map<string, MemoryHeader>();
  const items = new Map<string, Record<string, unknown>>();
  const own = (trip: string, execution: string): BookingStatus | undefined => {
    const header = headerOf.get(trip);
    return header?.execution_id === execution ? header.status : undefined;
  };
  const change = (trip: string, fields: Partial<MemoryHeader>): void => {
    headerOf.set(trip, { ...(headerOf.get(trip) as MemoryHeader), ...fields });
  };

  const headers: HeaderStore = {
    async open(header) {
      const { trip_id: trip, execution_id, customer, openedAt } = header;
      const startedAt = startedAtOf(header);
      const present = headerOf.get(trip);
      if (present === undefined || makesRoomFor(header, present)) {
        const replaces = present?.execution_id;
        headerOf.set(trip, {
          execution_id,
          startedAt,
          customer,
          openedAt,
          replaces,
          status: 'UNCONFIRMED',
          checkedIn: false,
        });
        return;
      }
      const isOfThisRun = openedAt !== undefined && present.openedAt === openedAt;
      if (own(trip, execution_id) !== 'UNCONFIRMED' || !isOfThisRun) throw new BookingAlreadyExistsError(trip);
    },
    async confirm({ trip_id: trip, execution_id }, bookingReference) {
      const status = own(trip, execution_id);
      if (status === 'CONFIRMED') return;
      if (status !== 'UNCONFIRMED') throw new BookingNotOpenError(trip);
      change(trip, { status: 'CONFIRMED', bookingReference });
    },
    async fence(run, { mayUndoConfirmed, reason }) {
      const { trip_id: trip, execution_id, customer = 'unknown' } = run;
      const status = own(trip, execution_id);
      const leaves =
        status === 'UNCONFIRMED' || status === 'CANCELLING' || (mayUndoConfirmed && status === 'CONFIRMED');
      if (leaves) {
        const failureReason = headerOf.get(trip)?.failureReason ?? reason;
        change(trip, { status: 'CANCELLING', checkedIn: false, failureReason });
        return { fenced: true };
      }
      const verdict = fenceVerdict(run, headerOf.get(trip) ?? {}, { mayUndoConfirmed });
      if (typeof verdict === 'object') return verdict;
      const startedAt = startedAtOf(run);
      headerOf.set(trip, {
        execution_id,
        startedAt,
        customer,
        replaces: headerOf.get(trip)?.execution_id,
        status: 'CANCELLING',
        checkedIn: false,
        failureReason: reason,
      });
      return { fenced: true };
    },
    async close({ trip_id: trip, execution_id }) {
      const remaining = [...items.values()].some((item) => item.pk === trip && item.execution_id === execution_id);
      if (remaining) throw new ReservationsRemainError(trip);
      const status = own(trip, execution_id);
      const isAnothers = headerOf.has(trip) && status === undefined;
      if (status === 'CANCELLED' || isAnothers) return;
      if (status !== 'CANCELLING') throw new BookingNotFencedError(trip);
      change(trip, { status: 'CANCELLED' });
    },
  };

  const reservations: ReservationStore = {
    async open({ trip_id, execution_id }, key, item) {
      if (own(trip_id, execution_id) !== 'UNCONFIRMED') throw new BookingNotOpenError(trip_id);
      const present = items.get(itemName(key));
      if (present === undefined) {
        items.set(itemName(key), { ...key, trip_id, ...item, transaction_status: 'pending', execution_id });
      } else if (present.execution_id !== execution_id) throw new ReservationConflictError(itemName(key));
    },
    async confirm({ execution_id }, key) {
      const present = items.get(itemName(key));
      if (present?.execution_id !== execution_id) throw new ReservationNotFoundError(itemName(key));
      items.set(itemName(key), { ...present, transaction_status: 'confirmed' });
    },
    async remove({ execution_id }, key) {
      if (items.get(itemName(key))?.execution_id === execution_id) items.delete(itemName(key));
    },
  };
  return { headers, reservations, headerOf, items };
}
