import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '#functions/shared/aws/document-commands.ts';
import { indexPages } from '#functions/shared/aws/index-pages.ts';
import { type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import { newFlightItem, revisionAttribute } from '#schema/flight-item.ts';
import { indexes, keys } from '#schema/table.ts';
import { FlightAlreadyExistsError, type FlightCatalog } from './flight-catalog.ts';
import { flightAttributes, flightOf } from './flight-item.ts';
import { flightsByIds } from './flights-by-ids.ts';
import { removeFlight, updateFlight } from './write-flight.ts';

export function dynamoDbFlightCatalog(table: Table): FlightCatalog {
  const { client, name } = table;
  const pages = indexPages(table, indexes.byDepartureSchedule, flightOf);
  return {
    async get(id) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.flightInventory(id),
          ProjectionExpression: flightAttributes.join(', '),
          ConsistentRead: true,
        }),
      );
      return Item === undefined ? undefined : flightOf(Item);
    },

    getMany: (ids) => flightsByIds(table, ids),

    bySchedule: ({ departureAirportCode, schedule, ...page }) =>
      pages.query({ hash: departureAirportCode, range: schedule, ...page }),

    list: (page) => pages.scan(page),

    async create(flight, now) {
      const item = newFlightItem(flight, { revision: randomUUID(), now });
      const written = await unlessRefused(() =>
        client.send(new PutCommand({ TableName: name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })),
      );
      // Its own revision: the client's retry after a lost reply met what it had written.
      if (written === undefined && (await revisionOf(flight.id)) !== item[revisionAttribute]) {
        throw new FlightAlreadyExistsError(`Flight ${flight.id} exists already`);
      }
      return flightOf(item);
    },

    update: (id, changes, now, check) => updateFlight(table, id, changes, now, check),
    remove: (id, check) => removeFlight(table, id, check),
  };

  async function revisionOf(id: string): Promise<unknown> {
    const { Item } = await client.send(
      new GetCommand({
        TableName: name,
        Key: keys.flightInventory(id),
        ProjectionExpression: revisionAttribute,
        ConsistentRead: true,
      }),
    );
    return Item?.[revisionAttribute];
  }
}
