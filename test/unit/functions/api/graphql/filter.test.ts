import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Attributes, compileFilter, type FilterInput, isEmptyFilter } from '#functions/api/graphql/filter.ts';
import { QueryCommand } from '#functions/shared/aws/document-commands.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { filterExpression } from '#test/support/filter-expression.ts';
import { sized } from '#test/support/load.ts';

const matches = (filter: FilterInput | null, attributes: Attributes): boolean => compileFilter(filter)(attributes);

describe('operators', () => {
  const item: Attributes = { text: 'holiday', blank: '', amount: 5, yes: true, no: false };

  it.each<[FilterInput | null, boolean]>([
    [{ text: { eq: 'holiday' } }, true],
    [{ text: { eq: 'Holiday' } }, false],
    [{ amount: { eq: 5 } }, true],
    [{ yes: { eq: true } }, true],
    [{ no: { ne: true } }, true],
    [{ absent: { eq: 'x' } }, false],
    [{ absent: { ne: 'x' } }, true],
    [{ text: { eq: null } }, false],
    [{ absent: { eq: null } }, false],
    [{ text: { ne: null } }, true],
    [{ text: { lt: 'i' } }, true],
    [{ text: { le: 'holiday' } }, true],
    [{ text: { gt: 'holiday' } }, false],
    [{ text: { ge: 'holiday' } }, true],
    [{ amount: { gt: 4, lt: 6 } }, true],
    [{ amount: { gt: 4, lt: 5 } }, false],
    [{ absent: { lt: 'x' } }, false],
    [{ absent: { ge: 'x' } }, false],
    [{ amount: { lt: '9' } }, false],
    [{ text: { between: ['a', 'holiday'] } }, true],
    [{ amount: { between: [6, 7] } }, false],
    [{ text: { contains: 'lid' } }, true],
    [{ text: { contains: '' } }, true],
    [{ text: { contains: null } }, false],
    [{ absent: { contains: 'a' } }, false],
    [{ text: { notContains: 'xyz' } }, true],
    [{ absent: { notContains: 'a' } }, true],
    [{ text: { beginsWith: 'holi' } }, true],
    [{ text: { beginsWith: 'day' } }, false],
    [{ text: { attributeExists: true } }, true],
    [{ absent: { attributeExists: true } }, false],
    [{ absent: { attributeExists: false } }, true],
    [{ absent: { attributeExists: null } }, true],
    [{ text: { attributeType: 'string' } }, true],
    [{ amount: { attributeType: 'number' } }, true],
    [{ yes: { attributeType: 'bool' } }, true],
    [{ yes: { attributeType: '_null' } }, false],
    [{ absent: { attributeType: 'string' } }, false],
    [{ text: { size: { eq: 7 } } }, true],
    [{ text: { size: { gt: 6, lt: 7 } } }, false],
    [{ blank: { size: { between: [0, 1] } } }, true],
    [{ absent: { size: { ge: 0 } } }, false],
    [{ and: [{ amount: { eq: 5 } }, { yes: { eq: true } }] }, true],
    [{ and: [{ amount: { eq: 5 } }, { yes: { eq: false } }] }, false],
    [{ or: [{ amount: { eq: 6 } }, { yes: { eq: true } }] }, true],
    [{ or: [{ amount: { eq: 6 } }, { yes: { eq: false } }] }, false],
    [{ not: { amount: { eq: 6 } } }, true],
    [{ amount: { eq: 5 }, or: [{ yes: { eq: false } }] }, false],
    [null, true],
    [{}, true],
    [{ text: null }, true],
    [{ text: {} }, true],
    [{ and: [], or: [], not: {} }, true],
    [{ or: [null, { amount: { eq: 6 } }] }, false],
  ])('%j → %s', (filter, expected) => {
    expect(matches(filter, item)).toBe(expected);
  });

  it('orders strings by their bytes, as DynamoDB does, not by UTF-16 units', () => {
    expect('\u{1F600}' < '\uFF5E').toBe(true);
    expect(matches({ text: { gt: '\uFF5E' } }, { text: '\u{1F600}' })).toBe(true);
  });

  it.each<[FilterInput, string]>([
    [{ text: { lt: null } }, '"text.lt" must not be null'],
    [{ text: { beginsWith: null } }, '"text.beginsWith" must not be null'],
    [{ text: { between: null } }, '"text.between" expects exactly 2 elements'],
    [{ text: { between: ['a'] } }, '"text.between" expects exactly 2 elements'],
    [{ text: { between: ['a', 'b', 'c'] } }, '"text.between" expects exactly 2 elements'],
    [{ text: { between: ['a', null] } }, '"text.between" must not be null'],
    [{ text: { between: ['b', 'a'] } }, '"text.between" must have its lower bound first'],
    [{ text: { size: { le: null } } }, '"text.size.le" must not be null'],
  ])('%j is refused for any items', (filter, message) => {
    expect(() => compileFilter({ or: [{ other: { eq: 1 } }, filter] })).toThrow(message);
  });

  it('refuses more conditions than DynamoDB takes, and nesting without end', () => {
    const conditions = (count: number) => ({ and: Array.from({ length: count }, () => ({ text: { eq: 'x' } })) });
    expect(() => compileFilter(conditions(300))).not.toThrow();
    expect(() => compileFilter(conditions(301))).toThrow('at most 300 conditions');
    let deep: FilterInput = { text: { eq: 'x' } };
    for (let level = 0; level < 10_000; level += 1) deep = { not: deep };
    expect(() => compileFilter(deep)).toThrow('nested at most');
  });

  it('tells filters that say nothing', () => {
    expect(isEmptyFilter({ and: [{}], text: {} })).toBe(true);
    expect(isEmptyFilter({ and: [{ text: { attributeExists: true } }] })).toBe(false);
  });
});

describe('compared with the filter expressions that AppSync would send', () => {
  const pk = randomUUID();
  const texts = ['', 'a', 'ab', 'abc', 'b', 'é', 'z', '\uFF5E', '\u{1F600}', 'a\u{1F600}'];
  const items: (Attributes & { readonly n: number })[] = [];
  let table: TestTable;

  beforeAll(async () => {
    table = await openBookingTable();
    for (const text of [undefined, ...texts]) {
      for (const amount of [undefined, -1, 0, 5, 400]) {
        const yes = [undefined, true, false][items.length % 3];
        items.push({ n: items.length, text, amount, yes });
      }
    }
    for (const item of items) await table.put({ pk, sk: `${item.n}`.padStart(3, '0'), ...item });
  });
  afterAll(() => table.close());

  const text = fc.constantFrom(...texts);
  // Dynalite checks the order of bounds by UTF-16 units, so these are none that the two orders differ in.
  const bound = fc.constantFrom(...texts.filter((one) => one !== '\uFF5E'));
  const amount = fc.constantFrom(-2, -1, 0, 1, 5, 399, 400);
  const size = fc.constantFrom(0, 1, 2, 3, 9);
  const type = fc.constantFrom('string', 'number', 'bool', '_null', 'map', 'stringSet');
  const byteOrder = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  const sorted = <Value>(value: fc.Arbitrary<Value>, order: (one: Value, other: Value) => number) =>
    fc.tuple(value, value).map((pair) => [...pair].sort(order));
  const some = (choices: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
    fc
      .uniqueArray(fc.constantFrom(...Object.keys(choices)), { minLength: 1, maxLength: 2 })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, choices[name] ?? fc.constant(undefined)]))),
      );
  const ordered = <Value>(value: fc.Arbitrary<Value>) => ({
    ne: value,
    eq: value,
    le: value,
    lt: value,
    ge: value,
    gt: value,
  });
  const both = { attributeExists: fc.boolean(), attributeType: type };
  const numeric = (value: fc.Arbitrary<number>) => ({
    ...ordered(value),
    between: sorted(value, (one, other) => one - other),
  });
  const { filter } = fc.letrec<{ filter: Record<string, unknown> }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      some({
        text: some({
          ...ordered(text),
          eq: fc.option(text),
          ne: fc.option(text),
          contains: fc.option(text),
          notContains: fc.option(text),
          between: sorted(bound, byteOrder),
          beginsWith: text,
          ...both,
          size: some(numeric(size)),
        }),
        amount: some({ ...numeric(amount), ...both }),
        yes: some({ ne: fc.boolean(), eq: fc.boolean(), ...both }),
      }),
      some({
        and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
        or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
        not: tie('filter'),
      }),
    ),
  }));

  it('finds the same items', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (generated) => {
        const { ExpressionAttributeNames, ExpressionAttributeValues, FilterExpression } = filterExpression(generated);
        const { Items = [] } = await table.table.client.send(
          new QueryCommand({
            TableName: table.table.name,
            KeyConditionExpression: 'pk = :pk',
            FilterExpression,
            ...(Object.keys(ExpressionAttributeNames).length > 0 ? { ExpressionAttributeNames } : {}),
            ExpressionAttributeValues: { ':pk': pk, ...ExpressionAttributeValues },
          }),
        );
        const found = items.filter((item) => matches(generated, item)).map((item) => item.n);
        expect(found).toEqual(Items.map((item) => item.n));
      }),
      { numRuns: sized(150, 30) },
    );
  });
});
