import { expect, it } from '@jest/globals';
import { type Context, failure, keyOf, outcome, valuesOf } from './context.ts';
import { differences, expectedOf } from './differences.ts';
import { type Plain, settled, wireItem } from './values.ts';

interface ReturnCase {
  readonly ask: string;
  readonly before?: Record<string, Plain>;
  readonly gives: Record<string, Plain> | undefined;
}

export function writeContract(context: () => Context): void {
  const id = () => crypto.randomUUID();

  it.each<ReturnCase>([
    { ask: 'NONE', before: { a: 1 }, gives: undefined },
    { ask: 'ALL_OLD', before: { a: 1, b: 2 }, gives: { sk: 'A', a: 1, b: 2 } },
    { ask: 'ALL_OLD', gives: undefined },
    { ask: 'ALL_NEW', before: { b: 2 }, gives: { sk: 'A', a: 5, b: 2 } },
    { ask: 'UPDATED_OLD', before: { a: 1, b: 2 }, gives: { a: 1 } },
    { ask: 'UPDATED_OLD', gives: undefined },
    { ask: 'UPDATED_NEW', before: { b: 2 }, gives: { a: 5 } },
  ])('an update of $before gives back $ask: $gives', async ({ ask, before, gives }) => {
    const pk = id();
    if (before !== undefined) await context().put({ pk, sk: 'A', ...before });

    const { Attributes } = await context().call('UpdateItem', {
      Key: keyOf(pk),
      UpdateExpression: 'SET a = :a',
      ...valuesOf({ ':a': 5 }),
      ReturnValues: ask,
    });

    const whole = gives !== undefined && 'sk' in gives;
    expect(Attributes).toEqual(gives === undefined ? undefined : wireItem(whole ? { pk, ...gives } : gives));
  });

  it('an update does not give an index key another type', async () => {
    const update = { Key: keyOf(id()), UpdateExpression: 'SET holder = :h', ...valuesOf({ ':h': 5 }) };

    const code = await outcome(context().call('UpdateItem', update));

    expect(code).toBe(expectedOf(differences.indexKeyTypeByUpdate, context().subject));
  });

  it('an update gives back a nested path only', async () => {
    const pk = id();
    await context().put({ pk, sk: 'A', nest: { a: 1, b: 2 } });

    const { Attributes } = await context().call('UpdateItem', {
      Key: keyOf(pk),
      UpdateExpression: 'SET nest.a = :v',
      ...valuesOf({ ':v': 5 }),
      ReturnValues: 'UPDATED_NEW',
    });

    expect(Attributes).toEqual(wireItem(expectedOf(differences.nestedUpdatedNew, context().subject)));
  });

  it.each(['PutItem', 'DeleteItem'])('a %s gives back the old item', async (operation) => {
    const pk = id();
    await context().put({ pk, sk: 'A', a: 1 });
    const target = operation === 'PutItem' ? { Item: wireItem({ pk, sk: 'A', a: 2 }) } : { Key: keyOf(pk) };

    const first = await context().call(operation, { ...target, ReturnValues: 'ALL_OLD' });

    expect(first.Attributes).toEqual(wireItem({ pk, sk: 'A', a: 1 }));
  });

  it.each(['PutItem', 'UpdateItem', 'DeleteItem'])('a refused %s shows the item when asked to', async (operation) => {
    const pk = id();
    await context().put({ pk, sk: 'A', a: 1 });
    const target = operation === 'PutItem' ? { Item: keyOf(pk) } : { Key: keyOf(pk) };

    const error = await failure(
      context().call(operation, {
        ...target,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

    expect(error).toMatchObject({
      code: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      details: { Item: wireItem({ pk, sk: 'A', a: 1 }) },
    });
  });

  it('a refused write shows nothing unasked, and changes nothing', async () => {
    const pk = id();
    await context().put({ pk, sk: 'A', a: 1 });

    const error = await failure(context().put({ pk, sk: 'A' }, { ConditionExpression: 'attribute_not_exists(pk)' }));

    expect(error.code).toBe('ConditionalCheckFailedException');
    expect(error.details.Item).toBeUndefined();
    expect(await context().get(pk)).toEqual(wireItem({ pk, sk: 'A', a: 1 }));
  });

  it('a delete of nothing succeeds', async () => {
    const { Attributes } = await context().call('DeleteItem', { Key: keyOf(id()), ReturnValues: 'ALL_OLD' });

    expect(Attributes).toBeUndefined();
  });

  it('keeps every type of value', async () => {
    const item = {
      pk: id(),
      sk: 'A',
      text: 'ü€😀',
      none: '',
      number: -1.5,
      packed: Buffer.from([0, 255]),
      yes: true,
      nothing: null,
      strings: new Set(['a', 'b']),
      numbers: new Set([1, 2]),
      things: [1, ['x', {}]],
      nest: { a: 1, __proto__x: 2 },
    };
    await context().put(item);

    expect(settled(await context().get(item.pk))).toEqual(settled(wireItem(item)));
  });

  it.each([
    ['1.0', '1'],
    ['1e3', '1000'],
    ['-0.50', '-0.5'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('writes the number %s as %s', async (written, read) => {
    const pk = id();
    await context().call('PutItem', { Item: { ...keyOf(pk), n: { N: written } } });

    expect(await context().get(pk)).toMatchObject({ n: { N: read } });
  });

  it.each([
    { title: 'no key', item: wireItem({ a: 1 }) },
    { title: 'a key of another type', item: wireItem({ pk: 1, sk: 'A' }) },
    { title: 'an empty key', item: wireItem({ pk: '', sk: 'A' }) },
    { title: 'an index key of another type', item: wireItem({ pk: 'x', sk: 'A', holder: 1 }) },
    { title: 'an empty index key', item: wireItem({ pk: 'x', sk: 'A', holder: '' }) },
    { title: 'an empty set', item: { ...keyOf('x'), s: { SS: [] } } },
    { title: 'a set with duplicates', item: { ...keyOf('x'), s: { SS: ['a', 'a'] } } },
    { title: 'a number that is none', item: { ...keyOf('x'), n: { N: 'five' } } },
    { title: 'a number of 39 digits', item: { ...keyOf('x'), n: { N: '1'.repeat(39) } } },
    { title: 'a value of two types', item: { ...keyOf('x'), n: { N: '1', S: '1' } } },
    { title: 'more than 400 KB', item: wireItem({ pk: 'x', sk: 'A', big: 'x'.repeat(410_000) }) },
    { title: 'more than 400 KB in UTF-8', item: wireItem({ pk: 'x', sk: 'A', big: 'é'.repeat(210_000) }) },
  ])('refuses an item with $title', async ({ item }) => {
    const error = await failure(context().call('PutItem', { Item: item }));

    expect(error.code).toBe('ValidationException');
  });

  it('refuses a table that does not exist', async () => {
    const error = await failure(context().call('GetItem', { TableName: 'nowhere', Key: keyOf('x') }));

    expect(error.code).toBe('ResourceNotFoundException');
  });

  it('writes and reads in batches', async () => {
    const pk = id();
    await context().put({ pk, sk: 'old' });
    const puts = ['1', '2', '3'].map((sk) => ({ PutRequest: { Item: wireItem({ pk, sk, holder: pk, phase: sk }) } }));
    await context().subject.call('BatchWriteItem', {
      RequestItems: { [context().table]: [...puts, { DeleteRequest: { Key: keyOf(pk, 'old') } }] },
    });

    const Keys = ['1', '2', '3', 'old'].map((sk) => keyOf(pk, sk));
    const { Responses, UnprocessedKeys } = await context().subject.call('BatchGetItem', {
      RequestItems: { [context().table]: { Keys, ProjectionExpression: 'sk' } },
    });

    expect(UnprocessedKeys).toEqual({});
    const items = (Responses as Record<string, { sk: { S: string } }[]>)[context().table] ?? [];
    expect(items.map(({ sk }) => sk.S).sort()).toEqual(['1', '2', '3']);
  });

  it.each([
    {
      title: 'one key twice',
      requests: [{ DeleteRequest: { Key: keyOf('x') } }, { DeleteRequest: { Key: keyOf('x') } }],
    },
    {
      title: '26 writes',
      requests: Array.from({ length: 26 }, (_, index) => ({ DeleteRequest: { Key: keyOf(`${index}`) } })),
    },
    { title: 'a key that does not fit', requests: [{ PutRequest: { Item: wireItem({ pk: 'x' }) } }] },
  ])('refuses a batch with $title', async ({ requests }) => {
    const error = await failure(
      context().subject.call('BatchWriteItem', { RequestItems: { [context().table]: requests } }),
    );

    expect(error.code).toBe('ValidationException');
  });
}
