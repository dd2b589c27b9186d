import { randomUUID } from 'node:crypto';
import { dynamoDbSeatAuditStore } from '#functions/booking/auditing/dynamodb-seat-audit-store.ts';
import { auditSeatHolds } from '#functions/booking/auditing/seat-audit.ts';
import { newFlightItem } from '#schema/flight-item.ts';
import { type BookingStatus, tripIdOf } from '#schema/saga-input.ts';
import { indexes, keys, type SeatAudit, seatAuditAttribute, seatAudits } from '#schema/table.ts';
import { openBookingTable } from './booking-table.ts';
import { aNewFlight } from './flights.ts';

/** When audits run, unless told. */
export const auditTime = '2026-07-01T10:00:00.000Z';
/** Free seats of each flight. */
export const freeSeats = 5;
/** More time than an audit needs. */
export const enoughMs = 600_000;

/** Time for so many looks at the clock. */
export const timeFor = (looks: number): (() => number) => {
  let looked = 0;
  return () => (looked++ < looks ? enoughMs : 0);
};

interface AuditRun {
  readonly msLeft?: () => number;
  readonly at?: string;
}

interface HeldFlight {
  readonly id?: string;
  readonly audit?: SeatAudit;
  readonly departure?: string;
}

/** A table of its own, with flights, holds and headers to audit. */
export async function openAuditedTable() {
  const table = await openBookingTable();
  return {
    ...table,

    anAudit() {
      const counted: Record<string, number> = {};
      const warnings: string[] = [];
      const run = ({ msLeft = () => enoughMs, at = auditTime }: AuditRun = {}) =>
        auditSeatHolds({
          store: dynamoDbSeatAuditStore(table.table),
          count: (metric, value) => {
            counted[metric] = value;
          },
          warn: (message) => void warnings.push(message),
          now: () => at,
          msLeft,
        });
      return { counted, warnings, run };
    },

    /** The calls of the table from now on, in order. */
    spied(): readonly string[] {
      const calls: string[] = [];
      table.intercept((operation, input, call) => {
        calls.push(operation);
        return call(operation, input);
      });
      return calls;
    },

    async aHeldFlight(holds: readonly string[], flight: HeldFlight = {}): Promise<string> {
      const { id = randomUUID(), audit = 'departing', departure = '2026-07-10T06:00:00.000Z' } = flight;
      const flightOfAdmin = aNewFlight({ id, departureDate: departure, seatCapacity: freeSeats });
      await table.put({
        ...newFlightItem(flightOfAdmin, { revision: 'revision', now: auditTime }),
        [seatAuditAttribute]: audit,
        ...(holds.length > 0 ? { seatHolds: new Set(holds) } : {}),
      });
      return id;
    },

    aHeader: (executionId: string, status: BookingStatus, tripId = tripIdOf(executionId)) =>
      table.put({ ...keys.booking(tripId), id: tripId, execution_id: executionId, status }),

    async seatsOf(id: string) {
      const item = await table.item(keys.flightInventory(id));
      return { free: Number(item?.seatCapacity), holds: [...((item?.seatHolds as Set<string> | undefined) ?? [])] };
    },

    /** Ids of the flights on the audit's index. */
    async audited(): Promise<unknown[]> {
      const pages = seatAudits.map((kind) => table.query(indexes.bySeatAudit.name, seatAuditAttribute, kind));
      return (await Promise.all(pages)).flat().map(({ id }) => id);
    },
  };
}

export type AuditedTable = Awaited<ReturnType<typeof openAuditedTable>>;
