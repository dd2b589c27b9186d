import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, type QueryCommandOutput, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { keyExpression } from '#functions/shared/key-condition.ts';
import type { Page } from '#functions/shared/page.ts';
import { isConditionalCheckFailed, type Table } from '#functions/shared/table.ts';
import { indexes, keys } from '#schema/table.ts';
import { type Flight, FlightAlreadyExistsError, type FlightCatalog } from './flight-catalog.ts';
import { flightAttributes, flightOf, newFlightItem, revisionAttribute } from './flight-item.ts';
import { flightsByIds } from './flights-by-ids.ts';
import { removeFlight, updateFlight } from './write-flight.ts';

const index = indexes.byDepartureSchedule;

export function dynamoDbFlightCatalog(table: Table): FlightCatalog {
  const { client, name } = table;
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

    async bySchedule({ departureAirportCode, schedule, descending = false, limit, cursor }) {
      const range = schedule && keyExpression(schedule);
      return pageOf(
        await client.send(
          new QueryCommand({
            TableName: name,
            IndexName: index.name,
            KeyConditionExpression: ['#hash = :hash', ...(range ? [range.expression] : [])].join(' AND '),
            ExpressionAttributeNames: { '#hash': index.hashKey, ...(range ? { '#range': index.rangeKey } : {}) },
            ExpressionAttributeValues: { ':hash': departureAirportCode, ...range?.values },
            ScanIndexForward: !descending,
            Limit: limit,
            ExclusiveStartKey: cursor,
          }),
        ),
      );
    },

    async list({ limit, cursor }) {
      return pageOf(
        await client.send(
          new ScanCommand({ TableName: name, IndexName: index.name, Limit: limit, ExclusiveStartKey: cursor }),
        ),
      );
    },

    async create(flight, now) {
      const item = newFlightItem(flight, randomUUID(), now);
      try {
        await client.send(
          new PutCommand({ TableName: name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        if ((await revisionOf(flight.id)) !== item[revisionAttribute]) {
          throw new FlightAlreadyExistsError(`Flight ${flight.id} exists already`);
        }
        // The client's own retry after a lost reply met what it had written.
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

function pageOf({
  Items = [],
  LastEvaluatedKey,
}: Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>): Page<Flight> {
  return { items: Items.map(flightOf), ...(LastEvaluatedKey ? { cursor: LastEvaluatedKey } : {}) };
}
