import batchGetItem from 'dynalite/actions/batchGetItem.js';
import getItem from 'dynalite/actions/getItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import db, { type Item, type Request } from 'dynalite/db/index.js';
import batchGetValidation from 'dynalite/validations/batchGetItem.js';
import getValidation from 'dynalite/validations/getItem.js';
import queryValidation from 'dynalite/validations/query.js';
import scanValidation from 'dynalite/validations/scan.js';
import { type Action, plain, run, validated } from './actions.ts';
import { matches } from './conditions.ts';
import { asAwsError } from './errors.ts';
import { startSuffix } from './staging.ts';
import type { Store } from './store.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Promise<Record<string, unknown>>;

export async function readItem(input: Input, store: Store): Output {
  const request = validated(getValidation, input, store);
  const result = await run(getItem, store.reader(), request);
  if (isProjected(request) && result.Item !== undefined) result.Item = plain(result.Item);
  return result;
}

export async function readBatch(input: Input, store: Store): Output {
  const result = await run(batchGetItem, store.reader(), validated(batchGetValidation, input, store));
  return { ...result, Responses: plain(result.Responses) };
}

export const queryItems = (input: Input, store: Store): Output =>
  readRange(query, validated(queryValidation, input, store), store);

export const scanItems = (input: Input, store: Store): Output =>
  readRange(scan, validated(scanValidation, input, store), store);

/** Dynalite walks the range and counts; the filter and the projection are applied here, with our own evaluation. */
async function readRange(action: Action, request: Request, store: Store): Output {
  const table = store.table(request.TableName);
  const start = request.ExclusiveStartKey;
  const suffix = start !== undefined && db.validateKey(keyOf(start, table.KeySchema), table) == null;
  const reader = store.reader(suffix ? startSuffix(start, table) : '', request.ScanIndexForward !== false);
  const { _filter: filter, _projection: projection, Select: select } = request;
  const checkOnly = { expression: { type: 'not', args: [NEVER] }, ...onlyChecks(filter) };
  const walk = {
    ...request,
    ...(filter === undefined ? {} : { _filter: checkOnly }),
    ...(projection === undefined ? {} : { _projection: undefined }),
    ...(select === 'COUNT' ? { Select: undefined } : {}),
  };
  if (projection !== undefined) {
    const invalid = db.validateKeyPaths(projection.nestedPaths, table);
    if (invalid) throw asAwsError(invalid);
  }
  const result = await run(action, reader, walk);
  let items = result.Items as Item[];
  if (filter !== undefined) items = items.filter((item) => matches(filter.expression, item));
  result.Count = items.length;
  if (select === 'COUNT') delete result.Items;
  else if (projection !== undefined) result.Items = items.map((item) => plain(db.mapPaths(projection.paths, item)));
  else result.Items = isProjected(request) ? plain(items) : items;
  return result;
}

/** Only what dynalite has projected is of its own making (with null prototypes); the rest is fresh out of the store. */
const isProjected = (request: Request): boolean =>
  request._projection !== undefined || request.AttributesToGet !== undefined;

/** An expression that no item meets, in dynalite's own form: negated it lets everything pass. */
const NEVER = { type: 'function', name: 'attribute_exists', args: [['\u0000']] };

const onlyChecks = (filter: Request['_filter']) =>
  filter === undefined ? {} : { pathHeads: filter.pathHeads, nestedPaths: filter.nestedPaths };

const keyOf = (start: Item, schema: readonly { AttributeName: string }[]): Item => {
  const key: Item = {};
  for (const { AttributeName: name } of schema) {
    const value = start[name];
    if (value !== undefined) key[name] = value;
  }
  return key;
};
