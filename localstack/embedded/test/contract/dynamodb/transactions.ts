import { expect, it } from '@jest/globals';
import { type Context, failure, keyOf, outcome, valuesOf } from './context.ts';
import { differences, expectedOf, same } from './differences.ts';
import { check, codesOf, id, NEW, put, remove, update } from './transact-items.ts';
import { wireItem } from './values.ts';

const CANCELLED = same('TransactionCanceledException');

const cancelled = (...codes: string[]) =>
  `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;

export function transactionContract(context: () => Context): void {
  it('carries out a put, an update and a delete behind a check', async () => {
    const [fence, one, two, three] = [id(), id(), id(), id()];
    await context().putAll([
      { pk: fence, sk: 'A', phase: 'OPEN' },
      { pk: two, sk: 'A', n: 1 },
      { pk: three, sk: 'A' },
    ]);

    const result = await context().transact([
      check(fence, 'phase = :open', { ':open': 'OPEN' }),
      put({ pk: one, sk: 'A', a: 'x' }, NEW),
      update(two, 'ADD n :one', { ':one': 1 }),
      remove(three),
    ]);

    expect(result).toEqual({});
    expect(await context().get(one)).toEqual(wireItem({ pk: one, sk: 'A', a: 'x' }));
    expect(await context().get(two)).toEqual(wireItem({ pk: two, sk: 'A', n: 2 }));
    expect(await context().get(three)).toBeUndefined();
  });

  it('writes nothing when one condition fails, and gives a reason for each item in order', async () => {
    const [fresh, taken] = [id(), id()];
    await context().put({ pk: taken, sk: 'A' });

    const error = await failure(
      context().transact([put({ pk: fresh, sk: 'A' }), put({ pk: taken, sk: 'A', a: 1 }, NEW)]),
    );

    expect(error).toMatchObject({
      code: 'TransactionCanceledException',
      statusCode: 400,
      message: cancelled('None', 'ConditionalCheckFailed'),
    });
    expect(error.details.CancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await context().get(fresh)).toBeUndefined();
    expect(await context().get(taken)).toEqual(keyOf(taken));
  });

  it('names every item that failed, not only the first', async () => {
    const [one, two, three] = [id(), id(), id()];

    const error = await failure(
      context().transact([
        check(one, 'attribute_exists(pk)'),
        put({ pk: two, sk: 'A' }, NEW),
        remove(three, { ConditionExpression: 'attribute_exists(pk)' }),
      ]),
    );

    expect(error.message).toBe(cancelled('ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'));
  });

  it.each(['Put', 'Update', 'Delete', 'ConditionCheck'])(
    'shows the item that refused a %s when asked to',
    async (kind) => {
      const pk = id();
      await context().put({ pk, sk: 'A', n: 7 });
      const more = {
        ConditionExpression: 'n = :zero',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...valuesOf({ ':zero': 0 }),
      };
      const elements: Record<string, Record<string, Record<string, unknown>>> = {
        Put: put({ pk, sk: 'A' }, more),
        Update: { Update: { Key: keyOf(pk), UpdateExpression: 'REMOVE n', ...more } },
        Delete: remove(pk, more),
        ConditionCheck: { ConditionCheck: { Key: keyOf(pk), ...more } },
      };

      const error = await failure(context().transact([elements[kind] ?? {}]));

      expect(error.details.CancellationReasons).toEqual([
        {
          Code: 'ConditionalCheckFailed',
          Message:
            kind === 'ConditionCheck'
              ? expectedOf(differences.checkMessage, context().subject)
              : 'The conditional request failed',
          Item: wireItem({ pk, sk: 'A', n: 7 }),
        },
      ]);
    },
  );

  it('has no item to show where none exists', async () => {
    const error = await failure(
      context().transact([
        check(id(), 'attribute_exists(pk)', undefined, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      ]),
    );

    const Message = expectedOf(differences.checkMessage, context().subject);
    expect(error.details.CancellationReasons).toEqual([{ Code: 'ConditionalCheckFailed', Message }]);
  });

  it('cancels with ValidationError when an update does not fit the item', async () => {
    const [one, two] = [id(), id()];
    await context().put({ pk: two, sk: 'A', n: 'text' });

    const error = await failure(
      context().transact([put({ pk: one, sk: 'A' }), update(two, 'SET n = n + :i', { ':i': 1 })]),
    );

    expect(error.code).toBe(expectedOf(differences.misfitUpdate, context().subject));
    if (!context().subject.isLocal)
      expect(codesOf(error.details.CancellationReasons)).toEqual(['None', 'ValidationError']);
    expect(await context().get(one)).toBeUndefined();
  });

  it.each([
    { title: 'no elements', elements: [] },
    { title: 'two actions in one element', elements: [{ ...put({ pk: 'x', sk: 'A' }), ...remove('y') }] },
    { title: 'an element without an action', elements: [{}] },
    { title: 'a check without a condition', elements: [{ ConditionCheck: { Key: keyOf('x') } }] },
    { title: 'a malformed condition', elements: [check('x', 'pk =')] },
    { title: 'one item twice', elements: [put({ pk: 'x', sk: 'A' }), check('x', 'attribute_exists(pk)')] },
    { title: '101 items', elements: Array.from({ length: 101 }, (_, index) => put({ pk: `x${index}`, sk: 'A' })) },
  ])('refuses $title', async ({ elements }) => {
    const error = await failure(context().transact(elements as never));

    expect(error.code).toBe('ValidationException');
  });

  it('refuses an update without an expression', async () => {
    const code = await outcome(context().transact([{ Update: { Key: keyOf(id()) } }]));

    expect(code).toBe(expectedOf(differences.updateWithoutExpression, context().subject));
  });

  it('refuses an unknown return value', async () => {
    const element = put({ pk: id(), sk: 'A' }, { ReturnValuesOnConditionCheckFailure: 'NEW' });

    const error = await failure(context().transact([element]));

    expect(error.code).toBe(expectedOf(differences.unknownReturnValue, context().subject));
  });

  it.each([
    {
      title: 'a key of another shape',
      element: { Delete: { Key: wireItem({ pk: 'x' }) } },
      code: differences.transactionKeyShape,
    },
    {
      title: 'a put without its key',
      element: { Put: { Item: wireItem({ pk: 'x' }) } },
      code: differences.transactionKeyShape,
    },
    { title: 'an update of the key', element: update('x', 'SET sk = :v', { ':v': 'B' }), code: CANCELLED },
    { title: 'a key of another type', element: { Put: { Item: wireItem({ pk: 5, sk: 'A' }) } }, code: CANCELLED },
  ])('refuses $title', async ({ element, code }) => {
    const error = await failure(context().transact([element]));

    expect(error.code).toBe(expectedOf(code, context().subject));
    if (!context().subject.isLocal) expect(codesOf(error.details.CancellationReasons)).toEqual(['ValidationError']);
  });

  it('refuses a table that does not exist', async () => {
    const error = await failure(context().transact([{ Delete: { TableName: 'nowhere', Key: keyOf('x') } }]));

    expect(error.code).toBe('ResourceNotFoundException');
  });
}
