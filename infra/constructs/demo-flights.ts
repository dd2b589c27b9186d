import { demoFlightItems } from '#schema/demo-flights.ts';
import { attributeValuesOf } from '#schema/flight-item.ts';
import { partitionKey, sortKey } from '#schema/table.ts';
import { Construct, DynamodbTableItem } from '../cdktf.ts';
import { pascalCase } from '../functions/names.ts';
import type { BookingTable } from './booking-table.ts';

/**
 * The flights of stages with demo routes, so that a fresh deployment books. Once made they are the saga's: seats are taken from
 * them, and Terraform must not give them back.
 */
export class DemoFlights extends Construct {
  constructor(scope: Construct, id: string, table: BookingTable) {
    super(scope, id);
    for (const item of demoFlightItems) {
      new DynamodbTableItem(this, pascalCase(item.id), {
        tableName: table.name,
        hashKey: partitionKey,
        rangeKey: sortKey,
        item: JSON.stringify(attributeValuesOf(item)),
        lifecycle: { ignoreChanges: ['item'] },
      });
    }
  }
}
