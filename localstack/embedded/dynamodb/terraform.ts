import { refuseAttributes } from '../resource.ts';
import type { StackResource } from '../types.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** A table as the stack describes it. */
export interface StackTable {
  readonly name: string;
  /** CreateTable's input. */
  readonly create: Record<string, unknown>;
  /** Attribute that holds an item's expiry, undefined where TTL is off. */
  readonly ttlAttribute: string | undefined;
  readonly pointInTimeRecovery: boolean;
}

const elsewhere = 'all of the local cloud is in one region';
const filled = 'fill the table by aws_dynamodb_table_item';
const refused = {
  import_table: filled,
  replica: elsewhere,
  restore_source_name: filled,
  restore_source_table_arn: filled,
};

export function stackTable(resource: StackResource): StackTable {
  const { attributes } = resource;
  refuseAttributes(resource, refused);
  const { name } = attributes;
  if (typeof name !== 'string') {
    throw new Error('"name" is missing in the stack file');
  }
  const { ttl, point_in_time_recovery: recovery } = attributes;
  const isOn = isTrue(ttl?.enabled ?? true);
  return {
    name,
    create: createInput(name, attributes),
    ttlAttribute: ttl !== undefined && isOn ? (ttl.attribute_name as string) : undefined,
    pointInTimeRecovery: isTrue(recovery?.enabled),
  };
}

const blocks = (value: unknown): Attributes[] => (value ?? []) as Attributes[];

const isTrue = (value: unknown): boolean => value === true || value === 'true';

function createInput(name: string, attributes: Attributes): Record<string, unknown> {
  const onDemand = attributes.billing_mode === 'PAY_PER_REQUEST';
  const throughput = (of: Attributes) =>
    onDemand
      ? {}
      : {
          ProvisionedThroughput: {
            ReadCapacityUnits: Number(of.read_capacity ?? 1),
            WriteCapacityUnits: Number(of.write_capacity ?? 1),
          },
        };
  const global = blocks(attributes.global_secondary_index).map((index) => ({
    ...indexInput(index, index.hash_key),
    ...throughput(index),
  }));
  const local = blocks(attributes.local_secondary_index).map((index) => indexInput(index, attributes.hash_key));
  return {
    TableName: name,
    AttributeDefinitions: blocks(attributes.attribute).map((one) => ({
      AttributeName: one.name,
      AttributeType: one.type,
    })),
    KeySchema: keySchema(attributes.hash_key, attributes.range_key),
    BillingMode: onDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...throughput(attributes),
    ...(isTrue(attributes.deletion_protection_enabled) ? { DeletionProtectionEnabled: true } : {}),
    ...(global.length > 0 ? { GlobalSecondaryIndexes: global } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: local } : {}),
  };
}

function indexInput(index: Attributes, hashKey: unknown): Record<string, unknown> {
  const attributes = index.non_key_attributes;
  const some = Array.isArray(attributes) && attributes.length > 0;
  return {
    IndexName: index.name,
    KeySchema: keySchema(hashKey, index.range_key),
    Projection: { ProjectionType: index.projection_type, ...(some ? { NonKeyAttributes: [...attributes] } : {}) },
  };
}

function keySchema(hashKey: unknown, rangeKey: unknown): Record<string, unknown>[] {
  const range = rangeKey === undefined || rangeKey === null || rangeKey === '' ? [] : [rangeKey];
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...range.map((name) => ({ AttributeName: name, KeyType: 'RANGE' })),
  ];
}
