import { randomUUID } from 'node:crypto';
import { DeleteCommand, GetCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import { auditedUntilDeparted, revisionAttribute } from '#schema/flight-item.ts';
import { maxFlightSeats } from '#schema/new-flight.ts';
import { departureScheduleOf, departureScheduleSortKey, keys, seatAuditAttribute } from '#schema/table.ts';
import {
  type Flight,
  type FlightChanges,
  type FlightCheck,
  FlightConflictError,
  FlightHasHoldsError,
  FlightNotFoundError,
  FlightTooLargeError,
} from './flight-catalog.ts';
import { flightOf } from './flight-item.ts';

/** How often others may write between our read and our write before the caller has to try again. */
const maxTries = 10;

interface Read {
  readonly flight: Flight;
  readonly revision: string | undefined;
  readonly holds: number;
}

/** Accumulates a condition with the values that it names. */
interface Guard {
  readonly condition: string;
  readonly values: Record<string, unknown>;
}

export async function updateFlight(
  table: Table,
  id: string,
  changes: FlightChanges,
  now: string,
  check?: FlightCheck,
): Promise<Flight> {
  const ownRevision = randomUUID();
  for (let tried = 0; tried < maxTries; tried += 1) {
    const read = await readFlight(table, id);
    if (read === undefined) throw new FlightNotFoundError(`There is no flight ${id}`);
    // The client's own retry after a lost reply met what it had written.
    if (read.revision === ownRevision) return read.flight;
    check?.(read.flight);
    checkSize(read, changes);
    const written = await unlessRefused(() => write(table, id, read, { changes, now, ownRevision, check }));
    if (written !== undefined) return flightOf(written.Attributes ?? {});
  }
  throw new FlightConflictError(`Flight ${id} is being changed by others, try again`);
}

/**
 * Bookings move seats between free and held, and only an Admin's write changes their sum: the sum that was read holds until
 * this write lands, since the write is bound to the revision.
 */
function checkSize({ flight, holds }: Read, { seatCapacity }: FlightChanges): void {
  if (seatCapacity === undefined || seatCapacity <= flight.seatCapacity) return;
  if (seatCapacity + holds <= maxFlightSeats) return;
  throw new FlightTooLargeError(
    `A flight has at most ${maxFlightSeats} seats, free and held together, and ${holds} of this one are held: ` +
      `"seatCapacity" must be at most ${Math.max(maxFlightSeats - holds, flight.seatCapacity)}`,
  );
}

function write(
  { client, name }: Table,
  id: string,
  read: Read,
  {
    changes,
    now,
    ownRevision,
    check,
  }: { changes: FlightChanges; now: string; ownRevision: string; check: FlightCheck | undefined },
) {
  const { seatCapacity, ...fields } = changes;
  const assigned = Object.entries({
    ...fields,
    [departureScheduleSortKey]: departureScheduleOf({ ...read.flight, ...fields }),
    updatedAt: now,
    [revisionAttribute]: ownRevision,
  }).filter(([, value]) => value !== undefined);
  const difference = seatCapacity === undefined ? 0 : seatCapacity - read.flight.seatCapacity;
  const { condition, values } = guardOf(read, check);
  return client.send(
    new UpdateCommand({
      TableName: name,
      Key: keys.flightInventory(id),
      UpdateExpression: `SET ${[
        ...assigned.map((_, index) => `#field${index} = :field${index}`),
        // By difference, not by value: a booking may take a seat between our read and this write.
        // Its departure may have been put off, and flights of older releases have none yet.
        `${seatAuditAttribute} = if_not_exists(${seatAuditAttribute}, :audited)`,
        ...(difference === 0 ? [] : ['seatCapacity = seatCapacity + :difference']),
      ].join(', ')}`,
      ConditionExpression: difference < 0 ? `${condition} AND seatCapacity >= :least` : condition,
      ExpressionAttributeNames: Object.fromEntries(assigned.map(([field], index) => [`#field${index}`, field])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(assigned.map(([, value], index) => [`:field${index}`, value])),
        ':audited': auditedUntilDeparted,
        ...(difference === 0 ? {} : { ':difference': difference }),
        ...(difference < 0 ? { ':least': -difference } : {}),
        ...values,
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
}

export async function removeFlight(table: Table, id: string, check?: FlightCheck): Promise<Flight> {
  const { client, name } = table;
  let seen: Flight | undefined;
  for (let tried = 0; tried < maxTries; tried += 1) {
    const read = await readFlight(table, id);
    if (read === undefined) {
      // It existed a moment ago, so another writer removed it, or our own write did whose reply was lost.
      if (seen !== undefined) return seen;
      throw new FlightNotFoundError(`There is no flight ${id}`);
    }
    check?.(read.flight);
    if (read.holds > 0) throw new FlightHasHoldsError(`Bookings hold seats of flight ${id}: cancel them first`);
    seen = read.flight;
    const { condition, values } = guardOf(read, check);
    const removed = await unlessRefused(() =>
      client.send(
        new DeleteCommand({
          TableName: name,
          Key: keys.flightInventory(id),
          // The saga takes seats without our knowing; DynamoDB drops a set with its last element.
          ConditionExpression: `${condition} AND attribute_not_exists(seatHolds)`,
          ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
        }),
      ),
    );
    if (removed !== undefined) return read.flight;
  }
  throw new FlightConflictError(`Flight ${id} is being changed by others, try again`);
}

/** Binds a write to what was read; to the free seats only where a check looked at them, or bookings would refuse it. */
function guardOf({ flight, revision }: Read, check: FlightCheck | undefined): Guard {
  const checked = check !== undefined && check.ignoresSeats !== true;
  const seats = checked ? ' AND seatCapacity = :seats' : '';
  const values = checked ? { ':seats': flight.seatCapacity } : {};
  if (revision === undefined) {
    return { condition: `attribute_exists(pk) AND attribute_not_exists(${revisionAttribute})${seats}`, values };
  }
  return { condition: `${revisionAttribute} = :revision${seats}`, values: { ':revision': revision, ...values } };
}

async function readFlight({ client, name }: Table, id: string): Promise<Read | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: name, Key: keys.flightInventory(id), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  return {
    flight: flightOf(Item),
    revision: Item[revisionAttribute] as string | undefined,
    holds: (Item.seatHolds as ReadonlySet<string> | undefined)?.size ?? 0,
  };
}
