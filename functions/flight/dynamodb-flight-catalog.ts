import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionalCheckFailed, type Table } from '#functions/shared/table.ts';
import { departureScheduleSortKey, indexes, keys } from '#schema/table.ts';
import {
  FlightAlreadyExistsError,
  type FlightCatalog,
  type FlightCursor,
  type FlightPage,
  type ScheduleCondition,
} from './flight-catalog.ts';
import { flightAttributes, flightOf, newFlightItem, revisionAttribute } from './flight-item.ts';
import { flightsByIds } from './flights-by-ids.ts';
import { removeFlight, updateFlight } from './write-flight.ts';

const index = indexes.byDepartureSchedule;

const comparators = { eq: '=', le: '<=', lt: '<', ge: '>=', gt: '>' } as const;

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
      const { expression, values } = scheduleExpression(schedule);
      return pageOf(
        await client.send(
          new QueryCommand({
            TableName: name,
            IndexName: index.name,
            KeyConditionExpression: `#airport = :airport${expression}`,
            ExpressionAttributeNames: {
              '#airport': index.hashKey,
              ...(schedule === undefined ? {} : { '#schedule': departureScheduleSortKey }),
            },
            ExpressionAttributeValues: { ':airport': departureAirportCode, ...values },
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

function scheduleExpression(condition: ScheduleCondition | undefined): {
  readonly expression: string;
  readonly values: Record<string, string>;
} {
  if (condition === undefined) return { expression: '', values: {} };
  switch (condition.operator) {
    case 'between':
      return {
        expression: ' AND #schedule BETWEEN :from AND :to',
        values: { ':from': condition.from, ':to': condition.to },
      };
    case 'beginsWith':
      return { expression: ' AND begins_with(#schedule, :schedule)', values: { ':schedule': condition.value } };
    default:
      return {
        expression: ` AND #schedule ${comparators[condition.operator]} :schedule`,
        values: { ':schedule': condition.value },
      };
  }
}

function pageOf(answer: {
  readonly Items?: readonly Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}): FlightPage {
  const items = (answer.Items ?? []).map(flightOf);
  // All four keys of table and index are strings.
  return answer.LastEvaluatedKey === undefined ? { items } : { items, cursor: answer.LastEvaluatedKey as FlightCursor };
}
