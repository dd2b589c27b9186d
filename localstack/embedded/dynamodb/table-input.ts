import { isDeepStrictEqual } from 'node:util';
import type { Shape } from '../shape.ts';
import { invalidParameter, unsatisfied, validationError } from './errors.ts';
import { type Input, textOf, wordOf } from './request.ts';
import { keySchemaOf, namesOf } from './schema.ts';

const keySchema: Shape = [{ AttributeName: 'text', KeyType: 'text' }];

const indexes: Shape = [
  {
    IndexName: 'text',
    KeySchema: keySchema,
    Projection: { ProjectionType: 'text', NonKeyAttributes: ['text'] },
    ProvisionedThroughput: {},
  },
];

/** Of CreateTable. */
export const tableMembers: Shape = {
  AttributeDefinitions: [{ AttributeName: 'text', AttributeType: 'text' }],
  GlobalSecondaryIndexes: indexes,
  KeySchema: keySchema,
  LocalSecondaryIndexes: indexes,
  ProvisionedThroughput: {},
};

const nameCharacters = /^[a-zA-Z0-9_.-]+$/;

/** @throws ValidationException where CreateTable's input is not in order */
export function checkTableInput(input: Input): void {
  checkName(textOf(input, 'TableName'), 'tableName');
  const tableAndIndexes = [input, ...indexesOf(input)];
  const isOnDemand = wordOf(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']) === 'PAY_PER_REQUEST';
  if (!isOnDemand && input.ProvisionedThroughput === undefined) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  for (const one of tableAndIndexes) {
    if (isOnDemand && one.ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    const other = Object.keys(presets).find(
      (member) => !isDeepStrictEqual(one[member] ?? presets[member], presets[member]),
    );
    if (other !== undefined) throw validationError(`CreateTable with ${other} is not served by the local cloud.`);
  }
  for (const { Projection } of indexesOf(input)) {
    wordOf({ projectionType: (Projection as Input | undefined)?.ProjectionType ?? 'null' }, 'projectionType', [
      'ALL',
      'INCLUDE',
      'KEYS_ONLY',
    ]);
  }
  checkKeys(input);
}

const indexesOf = (input: Input): readonly Input[] =>
  ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].flatMap((member) => (input[member] ?? []) as Input[]);

/** Members that only say here what is so without them. */
const presets: Input = {
  GlobalTableSettingsReplicationMode: undefined,
  GlobalTableSourceArn: undefined,
  OnDemandThroughput: undefined,
  ResourcePolicy: undefined,
  SSESpecification: { Enabled: false },
  StreamSpecification: { StreamEnabled: false },
  TableClass: 'STANDARD',
  WarmThroughput: undefined,
};

function checkName(name: string, path: string): void {
  const bound = name.length < 3 ? 'greater than or equal to 3' : name.length > 255 ? 'less than or equal to 255' : '';
  if (bound !== '') throw unsatisfied(`'${name}'`, path, `Member must have length ${bound}`);
  if (nameCharacters.test(name)) return;
  throw unsatisfied(`'${name}'`, path, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
}

function checkKeys(input: Input): void {
  const indexes = indexesOf(input);
  const schemas = [input, ...indexes].map(keySchemaOf);
  if (schemas.some(({ hash }) => hash === '')) {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  const used = new Set(schemas.flatMap(namesOf));
  const definitions = (input.AttributeDefinitions ?? []) as { AttributeName: string; AttributeType: string }[];
  const defined = new Set(definitions.map(({ AttributeName }) => AttributeName));
  const list = (names: ReadonlySet<string>) => `[${[...names].join(', ')}]`;
  if ([...used].some((name) => !defined.has(name))) {
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: ${list(used)}, AttributeDefinitions: ${list(defined)}`,
    );
  }
  if ([...defined].some((name) => !used.has(name))) {
    throw invalidParameter(
      `Some AttributeDefinitions are not used. AttributeDefinitions: ${list(defined)}, keys used: ${list(used)}`,
    );
  }
  for (const { AttributeType: type } of definitions) wordOf({ type }, 'type', ['B', 'N', 'S']);
  for (const index of (input.LocalSecondaryIndexes ?? []) as Input[]) {
    const [table, own] = [keySchemaOf(input), keySchemaOf(index)];
    if (table.range === undefined) {
      throw invalidParameter(
        'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
      );
    }
    if (own.hash !== table.hash) {
      throw invalidParameter(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.IndexName}. index hash key: ${own.hash}, table hash key: ${table.hash}`,
      );
    }
  }
  const names = indexes.map((index) => textOf(index, 'IndexName'));
  for (const name of names) checkName(name, 'indexName');
  if (new Set(names).size < names.length) throw invalidParameter('Duplicate index name');
}
