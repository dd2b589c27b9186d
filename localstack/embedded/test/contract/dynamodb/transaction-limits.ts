import { expect, it } from '@jest/globals';
import { type Context, failure, keyOf, valuesOf } from './context.ts';
import { id, put, update } from './transact-items.ts';
import { wireItem } from './values.ts';

export function transactionLimits(context: () => Context): void {
  it('takes 100 items', async () => {
    const pk = id();
    await context().transact(Array.from({ length: 100 }, (_, index) => put({ pk, sk: `S${index}` })));

    const { Count } = await context().call('Query', { KeyConditionExpression: 'pk = :p', ...valuesOf({ ':p': pk }) });
    expect(Count).toBe(100);
  });

  it('takes 4 MB of items and no more', async () => {
    const big = (bytes: number) => 'x'.repeat(bytes);
    const items = (count: number) => Array.from({ length: count }, () => put({ pk: id(), sk: 'A', big: big(380_000) }));

    await context().transact(items(10));
    const error = await failure(context().transact(items(12)));

    expect(error.code).toBe('ValidationException');
  });

  it('repeats a request with the same token without a second write', async () => {
    const [pk, ClientRequestToken] = [id(), id()];
    const add = () => context().transact([update(pk, 'ADD n :one', { ':one': 1 })], { ClientRequestToken });

    await add();
    await add();

    expect(await context().get(pk)).toEqual(wireItem({ pk, sk: 'A', n: 1 }));
  });

  it('refuses another request with the same token', async () => {
    const ClientRequestToken = id();
    await context().transact([put({ pk: id(), sk: 'A' })], { ClientRequestToken });

    const error = await failure(context().transact([put({ pk: id(), sk: 'A' })], { ClientRequestToken }));

    expect(error.code).toBe('IdempotentParameterMismatchException');
  });

  it('tries a cancelled request again under its token', async () => {
    const [pk, ClientRequestToken] = [id(), id()];
    const request = () =>
      context().transact([update(pk, 'SET a = :a', { ':a': 1 }, { ConditionExpression: 'attribute_exists(pk)' })], {
        ClientRequestToken,
      });
    await failure(request());
    await context().put({ pk, sk: 'A' });

    await request();

    expect(await context().get(pk)).toEqual(wireItem({ pk, sk: 'A', a: 1 }));
  });

  it('reads many items at once, in order, with projections and gaps', async () => {
    const [one, absent] = [id(), id()];
    await context().put({ pk: one, sk: 'A', word: 'x', rest: 1 });
    const TransactItems = context().elements([
      { Get: { Key: keyOf(one) } },
      { Get: { Key: keyOf(absent) } },
      { Get: { Key: keyOf(one, 'B'), ProjectionExpression: 'word' } },
    ]);
    await context().put({ pk: one, sk: 'B', word: 'y', rest: 2 });

    const { Responses } = await context().subject.call('TransactGetItems', { TransactItems });

    expect(Responses).toEqual([
      { Item: wireItem({ pk: one, sk: 'A', word: 'x', rest: 1 }) },
      {},
      { Item: wireItem({ word: 'y' }) },
    ]);
  });
}
