import { expect, it } from '@jest/globals';
import { type Context, failure, keyOf, valuesOf } from './context.ts';
import { pages, sortsOf } from './pages.ts';
import { type Plain, wireItem } from './values.ts';

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
}
