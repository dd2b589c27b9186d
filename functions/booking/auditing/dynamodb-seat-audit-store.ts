import { batchGet } from '#functions/shared/aws/batch-get.ts';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '#functions/shared/aws/document-commands.ts';
import { type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import { auditedUntilDeparted } from '#schema/flight-item.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { indexes, keys, partitionKey, seatAuditAttribute, sortKey } from '#schema/table.ts';
import { hasDeparted } from './departed.ts';
import type { AuditProgress, SeatAuditStore } from './seat-audit.ts';

/** Flights a page: a run that is short of time looks at its clock after each of them. */
const pageSize = 100;

export function dynamoDbSeatAuditStore({ client, name }: Table): SeatAuditStore {
  const adopt = (flightId: string) =>
    unlessRefused(() =>
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: keys.flightInventory(flightId),
          UpdateExpression: `SET ${seatAuditAttribute} = :audited`,
          ConditionExpression: `attribute_exists(${partitionKey}) AND attribute_not_exists(${seatAuditAttribute})`,
          ExpressionAttributeValues: { ':audited': auditedUntilDeparted },
        }),
      ),
    );

  return {
    async progress() {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: keys.seatAudit(), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      const { [partitionKey]: _pk, [sortKey]: _sk, ...progress } = Item;
      return progress as AuditProgress;
    },

    async saveProgress(progress) {
      await client.send(new PutCommand({ TableName: name, Item: { ...keys.seatAudit(), ...progress } }));
    },

    async flightsAfter(kind, flightId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: indexes.bySeatAudit.name,
          KeyConditionExpression: `${seatAuditAttribute} = :kind${flightId === undefined ? '' : ' AND id > :after'}`,
          ExpressionAttributeValues: { ':kind': kind, ...(flightId === undefined ? {} : { ':after': flightId }) },
          Limit: pageSize,
        }),
      );
      return Items.map(({ id }) => String(id));
    },

    async adoptPage(after, now) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: name,
          IndexName: indexes.byDepartureSchedule.name,
          ProjectionExpression: 'id, departureDate',
          Limit: pageSize,
          ...(after === undefined ? {} : { ExclusiveStartKey: after as Record<string, unknown> }),
        }),
      );
      for (const { id, departureDate } of Items) {
        if (!hasDeparted(String(departureDate), now)) await adopt(String(id));
      }
      return LastEvaluatedKey;
    },

    async flight(flightId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.flightInventory(flightId),
          ProjectionExpression: 'seatHolds, departureDate',
          ConsistentRead: true,
        }),
      );
      if (Item === undefined) return undefined;
      return {
        holds: [...((Item.seatHolds as Set<string> | undefined) ?? [])],
        departureDate: Item.departureDate as string | undefined,
      };
    },

    async holders(tripIds) {
      const headers = await batchGet({ client, name }, tripIds.map(keys.booking), {
        ProjectionExpression: 'execution_id, #status',
        ExpressionAttributeNames: { '#status': 'status' },
        ConsistentRead: true,
      });
      return headers.map(({ execution_id, status }) => ({
        executionId: String(execution_id),
        status: status as BookingStatus,
      }));
    },

    async releaseSeat(flightId, hold) {
      const released = await unlessRefused(() =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: keys.flightInventory(flightId),
            UpdateExpression: 'SET seatCapacity = seatCapacity + :one DELETE seatHolds :holds',
            ConditionExpression: 'contains(seatHolds, :hold)',
            ExpressionAttributeValues: { ':one': 1, ':hold': hold, ':holds': new Set([hold]) },
          }),
        ),
      );
      return released !== undefined;
    },

    async retire(flightId, departureDate) {
      await unlessRefused(() =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: keys.flightInventory(flightId),
            UpdateExpression: `REMOVE ${seatAuditAttribute}`,
            ConditionExpression: `departureDate = :seen AND ${seatAuditAttribute} = :audited`,
            ExpressionAttributeValues: { ':seen': departureDate, ':audited': auditedUntilDeparted },
          }),
        ),
      );
    },
  };
}
