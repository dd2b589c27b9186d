import { expect, it } from '@jest/globals';
import { type Context, keyOf, valuesOf } from './context.ts';
import { pages } from './pages.ts';
import { type Plain, settled, wire, wireItem } from './values.ts';

export function sparseIndexContract(context: () => Context): void {
  const byOwner = (holder: string, more: Record<string, unknown> = {}) =>
    context().call('Query', {
      IndexName: 'ByOwner',
      KeyConditionExpression: 'holder = :holder',
      ...valuesOf({ ':holder': holder }),
      ...more,
    });
  const update = (pk: string, UpdateExpression: string, values?: Record<string, Plain>) =>
    ({
      Key: keyOf(pk),
      UpdateExpression,
      ...valuesOf(values),
    }) as const;

  it('shows an item only while it has both keys', async () => {
    const [pk, holder] = [crypto.randomUUID(), crypto.randomUUID()];
    const counts: unknown[] = [];
    const count = async () => counts.push((await byOwner(holder)).Count);
    await context().put({ pk, sk: 'A', holder });
    await count();
    await context().call('UpdateItem', update(pk, 'SET phase = :s', { ':s': 'NEW' }));
    await count();
    await context().call('UpdateItem', update(pk, 'SET phase = :s', { ':s': 'OLD' }));
    await count();
    await context().call('UpdateItem', update(pk, 'REMOVE phase'));
    await count();

    expect(counts).toEqual([0, 1, 1, 0]);
  });

  it('follows writes of a transaction', async () => {
    const [one, two, holder] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    await context().put({ pk: one, sk: 'A', holder, phase: 'NEW' });
    await context().transact([
      { Update: update(one, 'REMOVE phase') },
      { Put: { Item: wireItem({ pk: two, sk: 'A', holder, phase: 'NEW' }) } },
    ]);

    expect((await byOwner(holder)).Items).toEqual([wireItem({ pk: two, sk: 'A', holder, phase: 'NEW' })]);
  });

  it('forgets a deleted item and moves a replaced one', async () => {
    const [pk, holder] = [crypto.randomUUID(), crypto.randomUUID()];
    await context().put({ pk, sk: 'A', holder, phase: 'NEW' });
    await context().put({ pk, sk: 'A', holder, phase: 'OLD' });
    expect((await byOwner(holder)).Items).toEqual([wireItem({ pk, sk: 'A', holder, phase: 'OLD' })]);

    await context().call('DeleteItem', { Key: keyOf(pk) });

    expect((await byOwner(holder)).Count).toBe(0);
  });

  it('orders by the range key, numbers by value', async () => {
    const slot = crypto.randomUUID();
    const ranks = [10, 9, -1, 0, 2.5, -20];
    await context().putAll(
      ranks.map((grade) => ({ pk: crypto.randomUUID(), sk: 'A', slot, grade, note: 'n', more: 1 })),
    );
    const input = { IndexName: 'ByRank', KeyConditionExpression: 'slot = :s AND grade >= :r' };

    const { Items } = await context().call('Query', {
      ...input,
      ...valuesOf({ ':s': slot, ':r': -1 }),
    });

    const items = Items as Record<string, unknown>[];
    expect(items.map(({ grade }) => grade)).toEqual([-1, 0, 2.5, 9, 10].map((grade) => wire(grade)));
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(['grade', 'note', 'pk', 'sk', 'slot']);
  });

  it.each([true, false])('pages through items of one index key, each once, forward: %s', async (forward) => {
    const holder = crypto.randomUUID();
    const names = Array.from({ length: 7 }, (_, index) => `S${index}`);
    await context().putAll(names.map((sk) => ({ pk: holder, sk, holder, phase: 'SAME' })));

    const found = await pages((start) => byOwner(holder, { Limit: 2, ScanIndexForward: forward, ...start }));

    expect(found.flat().sort()).toEqual(names);
  });

  it('shows only keys where only keys are projected', async () => {
    const slot = crypto.randomUUID();
    await context().put({ pk: slot, sk: 'A', slot, note: 'n' });

    const { Items } = await context().call('Query', {
      IndexName: 'ByShard',
      KeyConditionExpression: 'slot = :s',
      ...valuesOf({ ':s': slot }),
    });

    expect(settled(Items)).toEqual([wireItem({ pk: slot, sk: 'A', slot })]);
  });
}
