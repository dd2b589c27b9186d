type Members = Readonly<Record<string, unknown>>;

/** Names of the attributes of a key. */
export interface KeySchema {
  readonly hash: string;
  readonly range: string | undefined;
}

export interface IndexSchema extends KeySchema {
  readonly name: string;
  readonly isLocal: boolean;
  /** Names that the index has, keys included; undefined where it has all. */
  readonly projected: ReadonlySet<string> | undefined;
}

export interface TableSchema extends KeySchema {
  readonly name: string;
  /** Of the attributes of all keys. */
  readonly types: Readonly<Record<string, string>>;
  readonly indexes: readonly IndexSchema[];
}

/** @param create CreateTable's input, in order */
export function schemaOf(create: Members): TableSchema {
  const keys = keySchemaOf(create);
  const definitions = create.AttributeDefinitions as { AttributeName: string; AttributeType: string }[];
  const indexesOf = (member: string): IndexSchema[] =>
    ((create[member] ?? []) as Members[]).map((index) =>
      indexSchemaOf(index, keys, member === 'LocalSecondaryIndexes'),
    );
  return {
    ...keys,
    name: String(create.TableName),
    types: Object.fromEntries(definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType])),
    indexes: [...indexesOf('GlobalSecondaryIndexes'), ...indexesOf('LocalSecondaryIndexes')],
  };
}

export function keySchemaOf({ KeySchema }: Members): KeySchema {
  const elements = (KeySchema ?? []) as { AttributeName: string; KeyType: string }[];
  const named = (type: string) => elements.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { hash: named('HASH') ?? '', range: named('RANGE') };
}

function indexSchemaOf(index: Members, table: KeySchema, isLocal: boolean): IndexSchema {
  const own = keySchemaOf(index);
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection as {
    ProjectionType?: string;
    NonKeyAttributes?: readonly string[];
  };
  const names = [...namesOf(table), ...namesOf(own), ...NonKeyAttributes];
  return {
    ...own,
    name: String(index.IndexName),
    isLocal,
    projected: ProjectionType === 'ALL' ? undefined : new Set(names),
  };
}

export const namesOf = ({ hash, range }: KeySchema): string[] => (range === undefined ? [hash] : [hash, range]);
