import { type IndexDefinition, indexes, partitionKey, sortKey, timeToLiveAttribute } from '#schema/table.ts';
import { Construct, DynamodbTable } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';

/** The single table; its keys and indexes are those of `schema/table.ts`. */
export class BookingTable extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    const definitions: readonly IndexDefinition[] = Object.values(indexes);
    const keyAttributes = new Set([
      partitionKey,
      sortKey,
      ...definitions.flatMap((index) => [index.hashKey, index.rangeKey]),
    ]);

    const table = new DynamodbTable(this, 'Table', {
      name: physicalName(config, 'bookings'),
      billingMode: 'PAY_PER_REQUEST',
      hashKey: partitionKey,
      rangeKey: sortKey,
      attribute: [...keyAttributes].sort().map((name) => ({ name, type: 'S' })),
      globalSecondaryIndex: definitions.map(({ name, hashKey, rangeKey, projection }) => ({
        name,
        hashKey,
        rangeKey,
        projectionType: projection.type,
        ...(projection.type === 'INCLUDE' ? { nonKeyAttributes: [...projection.attributes] } : {}),
      })),
      ttl: { attributeName: timeToLiveAttribute, enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: config.deletionProtection,
      pointInTimeRecovery: { enabled: config.pointInTimeRecovery },
    });
    this.name = table.name;
    this.arn = table.arn;
  }

  indexArn(index: keyof typeof indexes): string {
    return `${this.arn}/index/${indexes[index].name}`;
  }
}
