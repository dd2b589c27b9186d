import type { NewFlight } from './new-flight.ts';
import { departureScheduleOf, departureScheduleSortKey, keys, type SeatAudit, seatAuditAttribute } from './table.ts';

/** Changes with every write of an Admin, never with a booking's: what an Admin's write is bound to. */
export const revisionAttribute = 'revision';

/** Kind of audit of flights that Admins sell; the audit itself takes the attribute off once they have departed. */
export const auditedUntilDeparted = 'departing' satisfies SeatAudit;

/** The item of a new flight without bookings: the catalog, the demo and the import all write this one. */
export function newFlightItem(
  flight: NewFlight,
  {
    revision,
    now,
    seatAudit = auditedUntilDeparted,
  }: { readonly revision: string; readonly now: string; readonly seatAudit?: SeatAudit },
): NewFlight & Readonly<Record<string, string | number>> {
  return {
    ...keys.flightInventory(flight.id),
    ...flight,
    [departureScheduleSortKey]: departureScheduleOf(flight),
    createdAt: now,
    updatedAt: now,
    [revisionAttribute]: revision,
    [seatAuditAttribute]: seatAudit,
  };
}

/** Texts and numbers as DynamoDB's own JSON has them. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export function attributeValuesOf(
  item: Readonly<Record<string, string | number>>,
): Record<string, { readonly S: string } | { readonly N: string }> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? { N: `${value}` } : { S: value }]),
  );
}
