import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDb } from '#embedded/dynamodb/index.ts';
import { calls, key, openTrips } from './support/trips.ts';

let service: DynamoDb;
beforeEach(async () => {
  service = await openTrips();
});
afterEach(() => service.close());

const call = (operation: string, input: Record<string, unknown>) => calls(service)(operation, input);
const text = (S: string) => ({ S });

/** Texts of AWS's own, which clients and people look at. */
const conditions: readonly [condition: string, message: string][] = [
  ['', 'The expression can not be empty;'],
  ['a = ', 'Syntax error; token: "<EOF>", near: "= "'],
  ['a ==', 'Syntax error; token: "=", near: "=="'],
  ['a = :v )', 'Syntax error; token: ")", near: ":v )"'],
  ['name = :v', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ['a = :w', 'An expression attribute value used in expression is not defined; attribute value: :w'],
  ['#b = :v', 'An expression attribute name used in the document path is not defined; attribute name: #b'],
  ['((a = :v))', 'The expression has redundant parentheses;'],
  ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
  ['nosuch(a)', 'Invalid function name; function: nosuch'],
  [
    'contains(a)',
    'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
  ],
  ['attribute_exists(:v)', 'Operator or function requires a document path; operator or function: attribute_exists'],
  [
    'a = a',
    'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]',
  ],
];

const updates: readonly [update: string, message: string][] = [
  ['SET a = :v SET b = :v', 'The "SET" section can only be used once in an update expression;'],
  [
    'SET a = :v, a.b = :v',
    'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
  ],
  [
    'SET a.b = :v, a[0] = :v',
    'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]',
  ],
  [
    'ADD a :v',
    'Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
  ],
  ['SET a = a + :v', 'Incorrect operand type for operator or function; operator or function: +, operand type: S'],
  ['SET a = size(b)', 'The function is not allowed to be used this way in an expression; function: size'],
];

describe('an expression', () => {
  it.each(conditions)('%s as a condition is refused: %s', async (ConditionExpression, message) => {
    const input = { Key: key('t'), ConditionExpression, ExpressionAttributeValues: { ':v': text('x') } };

    await expect(call('DeleteItem', input)).rejects.toMatchObject({
      code: 'ValidationException',
      message: `Invalid ConditionExpression: ${message}`,
    });
  });

  it.each(updates)('%s as an update is refused: %s', async (UpdateExpression, message) => {
    const input = { Key: key('t'), UpdateExpression, ExpressionAttributeValues: { ':v': text('x') } };

    await expect(call('UpdateItem', input)).rejects.toMatchObject({ message: `Invalid UpdateExpression: ${message}` });
  });

  it('is read once for all values: each request has its own, and its own refusal', async () => {
    const put = (v: unknown, more = {}) =>
      call('UpdateItem', {
        Key: key('t'),
        UpdateExpression: 'SET #a = :v',
        ExpressionAttributeNames: { '#a': 'a', ...more },
        ExpressionAttributeValues: { ':v': v },
        ReturnValues: 'UPDATED_NEW',
      });

    expect((await put(text('x'))).Attributes).toEqual({ a: text('x') });
    expect((await put({ N: '1' })).Attributes).toEqual({ a: { N: '1' } });
    expect((await put(text('y'), { '#a': 'b' })).Attributes).toEqual({ b: text('y') });
    await expect(put(text('x'), { '#unused': 'c' })).rejects.toThrow(
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}',
    );
    await expect(put({ N: 'one' })).rejects.toThrow(
      'The parameter cannot be converted to a numeric value: one for key :v',
    );
  });

  it('leaves names of Object.prototype alone', async () => {
    const Item = { ...key('t'), __proto__x: text('x') };
    Object.defineProperty(Item, '__proto__', { value: { M: { polluted: text('yes') } }, enumerable: true });
    await call('PutItem', { Item });

    const { Item: read } = await call('GetItem', { Key: key('t') });
    expect(Object.keys(read as object).sort()).toEqual(['__proto__', '__proto__x', 'pk', 'sk']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const names = { ExpressionAttributeNames: { '#c': 'constructor' } };
    const exists = { Key: key('t'), ConditionExpression: 'attribute_exists(#c)', ...names };
    await expect(call('DeleteItem', exists)).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
  });
});

describe('a read of a range', () => {
  beforeEach(async () => {
    for (let index = 0; index < 12; index += 1) {
      await call('PutItem', { Item: { ...key(`t${index}`), big: text('x'.repeat(200_000)) } });
    }
  });

  it('ends a page at 1 MB', async () => {
    const first = await call('Scan', {});
    const second = await call('Scan', { ExclusiveStartKey: first.LastEvaluatedKey });
    const third = await call('Scan', { ExclusiveStartKey: second.LastEvaluatedKey });

    expect([first, second, third].map(({ Count }) => Count)).toEqual([6, 6, 0]);
    expect(third.LastEvaluatedKey).toBeUndefined();
  });

  it('parts a table into segments, each item in exactly one', async () => {
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) => call('Scan', { Segment, TotalSegments: 3, ProjectionExpression: 'pk' })),
    );

    const found = segments.flatMap(({ Items }) => (Items as { pk: { S: string } }[]).map(({ pk }) => pk.S));
    expect(found.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `t${index}`).sort());
    expect(segments.filter(({ Count }) => Number(Count) > 0).length).toBeGreaterThan(1);
    await expect(call('Scan', { Segment: 0 })).rejects.toThrow('The TotalSegments parameter is required');
  });

  it('tells the capacity where it is asked to', async () => {
    const [item] = (await call('Scan', { Limit: 1, ReturnConsumedCapacity: 'TOTAL' })).Items as object[];
    const capacityOf = async (operation: string, input: Record<string, unknown>) =>
      (await call(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' })).ConsumedCapacity;

    expect(item).toBeDefined();
    expect(await capacityOf('GetItem', { Key: key('t0') })).toEqual({ TableName: 'trips', CapacityUnits: 24.5 });
    expect(await capacityOf('GetItem', { Key: key('t0'), ConsistentRead: true })).toMatchObject({ CapacityUnits: 49 });
    expect(await capacityOf('PutItem', { Item: key('new') })).toMatchObject({ CapacityUnits: 1 });
    expect(await capacityOf('DeleteItem', { Key: key('t0') })).toMatchObject({ CapacityUnits: 196 });
  });
});
