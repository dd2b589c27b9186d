/** The parts of dynalite 4.0.0 that are used here; it ships no types of its own. */

declare module 'dynalite/db/index.js' {
  export interface AttributeValue {
    S?: string;
    N?: string;
    B?: string;
    SS?: string[];
    NS?: string[];
    BS?: string[];
    L?: AttributeValue[];
    M?: Record<string, AttributeValue>;
    BOOL?: boolean;
    NULL?: boolean;
  }
  export type Item = Record<string, AttributeValue>;
  export type Path = (string | number)[];

  /** A parsed condition: and, or, not, a comparison, between, in, or a function. */
  export interface Expression {
    type: string;
    name?: string;
    args: Operand[];
  }
  export type Operand = Path | AttributeValue | Expression;

  export interface UpdateSection {
    type: 'set' | 'remove' | 'add' | 'delete';
    path: Path;
    val?: Operand;
    attrType?: string;
  }

  export interface KeySchemaElement {
    AttributeName: string;
    KeyType: 'HASH' | 'RANGE';
  }
  export interface IndexDescription {
    IndexName: string;
    KeySchema: KeySchemaElement[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
    [member: string]: unknown;
  }
  export interface TableDescription {
    TableName: string;
    TableArn: string;
    TableStatus: string;
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    KeySchema: KeySchemaElement[];
    GlobalSecondaryIndexes?: IndexDescription[];
    LocalSecondaryIndexes?: IndexDescription[];
    [member: string]: unknown;
  }

  /** A request after validation: AWS's members plus the parsed expressions. */
  export interface Request {
    TableName: string;
    IndexName?: string;
    Key: Item;
    Item: Item;
    ExclusiveStartKey?: Item;
    ScanIndexForward?: boolean;
    Select?: string;
    ReturnValues?: string;
    AttributeUpdates?: unknown;
    _condition?: { expression: Expression };
    _filter?: { expression: Expression; pathHeads: Record<string, boolean>; nestedPaths: Record<string, boolean> };
    _projection?: { paths: Path[]; nestedPaths: Record<string, boolean> };
    _updates?: { sections: UpdateSection[]; paths: Path[] };
    // biome-ignore lint/suspicious/noExplicitAny: each operation reads members of its own.
    [member: string]: any;
  }

  export interface DynaliteError extends Error {
    statusCode?: number;
    body?: { __type: string; message?: string; Message?: string };
  }
  export type Callback<T = unknown> = (error?: unknown, value?: T) => void;

  export interface Level {
    open(): Promise<void>;
    close(): Promise<void>;
    getSync(key: string, options?: { snapshot?: LevelSnapshot }): unknown;
    batch(operations: readonly LevelOperation[]): Promise<void>;
    clear(range: { gte: string; lt: string }): Promise<void>;
    snapshot(): LevelSnapshot;
    values(options: Record<string, unknown>): LevelIterator<unknown>;
    iterator(options: Record<string, unknown>): LevelIterator<[string, unknown]>;
  }
  export type LevelOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
  export interface LevelSnapshot {
    close(): Promise<void>;
  }
  export interface LevelIterator<T> extends AsyncIterable<T> {
    nextv(size: number): Promise<T[]>;
    close(): Promise<void>;
  }

  interface Db {
    MAX_SIZE: number;
    create(options: { path?: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): {
      db: Level;
      options: { maxItemSize: number };
    };
    validateKey(key: Item, table: TableDescription): DynaliteError | null | undefined;
    validateItem(item: Item, table: TableDescription): DynaliteError | null | undefined;
    validateUpdates(legacy: unknown, updates: unknown, table: TableDescription): DynaliteError | null | undefined;
    validateKeyPaths(paths: unknown, table: TableDescription): DynaliteError | null | undefined;
    createKey(item: Item, table: TableDescription): string;
    checkConditional(data: unknown, item: Item | undefined): DynaliteError | null | undefined;
    getIndexActions(
      indexes: readonly IndexDescription[],
      existing: Item | undefined | null,
      item: Item | undefined | null,
      table: TableDescription,
    ): { puts: { index: string; key: string; item: Item }[]; deletes: { index: string; key: string }[] };
    compare(operator: string, left: AttributeValue, right: AttributeValue[]): boolean;
    mapPaths(paths: Path[], item: Item): Item;
    itemSize(item: Item): number;
    capacityUnits(item: Item | undefined, isRead: boolean, isConsistent: boolean): number;
  }
  const db: Db;
  export default db;
}

declare module 'dynalite/db/*Parser.js' {
  const parser: { parse: import('./parsed-expressions.ts').Parse };
  export default parser;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: Record<string, unknown>, types: unknown): Record<string, unknown>;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*.js' {
  const validation: { types: Record<string, unknown>; custom?: unknown };
  export default validation;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: unknown,
    data: unknown,
    callback: (error?: unknown, result?: Record<string, unknown> | '') => void,
  ) => void;
  export default action;
}
