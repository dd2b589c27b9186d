import { describe, expect, it } from '@jest/globals';
import { type Context, failure, keyOf, valuesOf } from './context.ts';
import { type Plain, settled, wire, wireItem } from './values.ts';

interface QueryCase {
  readonly title: string;
  readonly where: string;
  readonly values?: Record<string, Plain>;
  readonly more?: Record<string, unknown>;
  readonly finds: readonly string[];
}

const sorts = ['A', 'B#1', 'B#10', 'B#2', 'C', 'é'];

const queryCases: readonly QueryCase[] = [
  { title: 'a whole partition, in order of bytes', where: '', finds: sorts },
  { title: 'backward', where: '', more: { ScanIndexForward: false }, finds: sorts.toReversed() },
  { title: 'equal', where: 'sk = :a', values: { ':a': 'C' }, finds: ['C'] },
  { title: 'less than', where: 'sk < :a', values: { ':a': 'B#2' }, finds: ['A', 'B#1', 'B#10'] },
  { title: 'at most', where: 'sk <= :a', values: { ':a': 'B#1' }, finds: ['A', 'B#1'] },
  { title: 'greater than', where: 'sk > :a', values: { ':a': 'B#10' }, finds: ['B#2', 'C', 'é'] },
  { title: 'at least', where: 'sk >= :a', values: { ':a': 'C' }, finds: ['C', 'é'] },
  {
    title: 'between',
    where: 'sk BETWEEN :a AND :b',
    values: { ':a': 'B#1', ':b': 'B#2' },
    finds: ['B#1', 'B#10', 'B#2'],
  },
  { title: 'begins_with', where: 'begins_with(sk, :a)', values: { ':a': 'B#1' }, finds: ['B#1', 'B#10'] },
  {
    title: 'begins_with, backward',
    where: 'begins_with(sk, :a)',
    values: { ':a': 'B#' },
    more: { ScanIndexForward: false },
    finds: ['B#2', 'B#10', 'B#1'],
  },
  { title: 'nothing', where: 'sk = :a', values: { ':a': 'Z' }, finds: [] },
  {
    title: 'a filter',
    where: '',
    values: { ':n': 2 },
    more: { FilterExpression: 'nr > :n' },
    finds: ['B#2', 'C', 'é'],
  },
  {
    title: 'a filter on a set',
    where: '',
    values: { ':t': 'even' },
    more: { FilterExpression: 'contains(tags, :t)' },
    finds: ['A', 'B#10', 'C'],
  },
  {
    title: 'a filter on a list',
    where: '',
    values: { ':l': [1] },
    more: { FilterExpression: 'things = :l' },
    finds: ['B#1'],
  },
];

export function queryContract(context: () => Context): void {
  const fill = async (pk: string) =>
    context().putAll(
      sorts.map((sk, nr) => ({ pk, sk, nr, tags: new Set([nr % 2 === 0 ? 'even' : 'odd']), things: [nr] })),
    );

  const query = (pk: string, where: string, values: Record<string, Plain> = {}, more: Record<string, unknown> = {}) =>
    context().call('Query', {
      KeyConditionExpression: where === '' ? 'pk = :pk' : `pk = :pk AND ${where}`,
      ...valuesOf({ ':pk': pk, ...values }),
      ...more,
    });

  const sortsOf = (result: Record<string, unknown>) => (result.Items as { sk: { S: string } }[]).map(({ sk }) => sk.S);

  async function pages(request: (start: Record<string, unknown>) => Promise<Record<string, unknown>>) {
    const found: string[][] = [];
    let start = {};
    for (;;) {
      const page = await request(start);
      found.push(sortsOf(page));
      if (page.LastEvaluatedKey === undefined) return found;
      start = { ExclusiveStartKey: page.LastEvaluatedKey };
    }
  }

  it.each(queryCases)('finds $title', async ({ where, values, more, finds }) => {
    const pk = crypto.randomUUID();
    await fill(pk);

    const result = await query(pk, where, values, more);

    expect(sortsOf(result)).toEqual(finds);
    expect(result.Count).toBe(finds.length);
  });

  it.each([true, false])('pages through a partition, forward: %s', async (forward) => {
    const pk = crypto.randomUUID();
    await fill(pk);

    const found = await pages((start) => query(pk, '', {}, { Limit: 2, ScanIndexForward: forward, ...start }));

    const expected = forward ? sorts : sorts.toReversed();
    expect(found).toEqual([expected.slice(0, 2), expected.slice(2, 4), expected.slice(4, 6), []]);
  });

  it('counts a page before the filter, and gives the last key that it saw', async () => {
    const pk = crypto.randomUUID();
    await fill(pk);

    const page = await query(pk, '', { ':n': 1 }, { Limit: 3, FilterExpression: 'nr = :n' });

    expect(page).toMatchObject({ Count: 1, ScannedCount: 3, LastEvaluatedKey: keyOf(pk, 'B#10') });
  });

  it('only counts when asked to', async () => {
    const pk = crypto.randomUUID();
    await fill(pk);

    const result = await query(pk, '', { ':n': 2 }, { Select: 'COUNT', FilterExpression: 'nr > :n' });

    expect(result).toEqual({ Count: 3, ScannedCount: 6 });
  });

  it('projects attributes, nested ones and list elements', async () => {
    const pk = crypto.randomUUID();
    await context().put({ pk, sk: 'A', word: 'x', nest: { a: 1, b: 2 }, things: ['p', 'q', 'r'], rest: 1 });

    const { Items } = await query(pk, '', {}, { ProjectionExpression: 'word, nest.a, things[1], absent' });

    expect(Items).toEqual([wireItem({ word: 'x', nest: { a: 1 }, things: ['q'] })]);
  });

  it.each([
    { title: 'a condition on another attribute', input: { KeyConditionExpression: 'pk = :a AND word = :a' } },
    { title: 'no hash key', input: { KeyConditionExpression: 'sk = :a' } },
    { title: 'an inequality of the hash key', input: { KeyConditionExpression: 'pk > :a' } },
    { title: 'a filter on the key', input: { KeyConditionExpression: 'pk = :a', FilterExpression: 'sk = :a' } },
    { title: 'an index that does not exist', input: { KeyConditionExpression: 'pk = :a', IndexName: 'Nope' } },
    {
      title: 'a consistent read of an index',
      input: {
        KeyConditionExpression: 'holder = :a',
        IndexName: 'ByOwner',
        ConsistentRead: true,
      },
    },
    {
      title: 'a start key of another shape',
      input: { KeyConditionExpression: 'pk = :a', ExclusiveStartKey: wireItem({ pk: 'x' }) },
    },
  ])('refuses $title', async ({ input }) => {
    const error = await failure(context().call('Query', { ...input, ...valuesOf({ ':a': 'x' }) }));

    expect(error.code).toBe('ValidationException');
  });

  it('scans with a filter, page by page, every item once', async () => {
    const mark = crypto.randomUUID();
    await context().putAll(sorts.map((sk) => ({ pk: `${mark}-${sk}`, sk, mark })));

    const found = await pages((start) =>
      context().call('Scan', { FilterExpression: 'mark = :m', Limit: 7, ...valuesOf({ ':m': mark }), ...start }),
    );

    expect(found.flat().sort()).toEqual(sorts.toSorted());
  });

  describe('of a sparse index', () => {
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
  });
}
