/** Random Query requests on the contract's table. Each has a rate of mistakes of its own, from none on, so that mistakes meet each other, too. */
import type { Randomness } from '../../../ports.ts';

type Input = Record<string, unknown>;
type Choices<T> = readonly [T, ...T[]];

interface Keys {
  readonly hash: string;
  readonly range: string;
}

const indexes: Readonly<Record<string, Keys>> = {
  ByOwner: { hash: 'holder', range: 'phase' },
  ByRank: { hash: 'slot', range: 'grade' },
  ByShard: { hash: 'slot', range: 'grade' },
};
const tableKeys: Keys = { hash: 'pk', range: 'sk' };

const partitions: Choices<string> = ['p', 'q'];
const texts: Choices<string> = ['a', 'ab', 'b', 'é', 'x'];
const numbers: Choices<string> = ['-2', '0', '1', '01', '1e2'];

export const items: readonly Input[] = texts.flatMap((sk, at) =>
  partitions.map((pk) => ({
    pk: { S: pk },
    sk: { S: sk },
    ...(at % 2 === 0 && { holder: { S: pk }, phase: { S: sk } }),
    ...(at % 3 < 2 && { slot: { S: pk }, grade: { N: `${at - 2}` } }),
    note: at % 2 === 0 ? { N: `${at}` } : { S: sk },
    parts: { L: [{ N: '1' }, { M: { deep: { BOOL: true } } }] },
  })),
);

const oddValues: Choices<unknown> = [
  { S: '' },
  { N: 'x' },
  { N: '' },
  { BOOL: true },
  { NULL: true },
  { SS: ['a', 'b'] },
  { L: [] },
  {},
  { S: 'a', N: '1' },
];

export function queryRequest({ fraction }: Pick<Randomness, 'fraction'>, TableName: string): Input {
  const draw = <T>(from: readonly T[]): T => from[Math.floor(fraction() * from.length)] as T;
  const rate = draw([0, 0, 0.03, 0.1, 0.3]);
  /** One of the right ones or, at the request's rate, of the wrong ones. */
  const either = <T>(right: Choices<T>, wrong: Choices<T>): T => draw(fraction() < rate ? wrong : right);

  const IndexName = either<string | undefined>([undefined, undefined, 'ByOwner', 'ByRank', 'ByShard'], ['Nope', 'x']);
  const keys = indexes[IndexName ?? ''] ?? tableKeys;
  const isNumber = keys.range === 'grade';

  const comparison = (name: string, key: boolean): string => {
    const ordered: Choices<string> = [
      `${name} = :r`,
      `${name} < :r`,
      `${name} <= :r`,
      `${name} > :r`,
      `${name} >= :r`,
      `${name} BETWEEN :r AND :t`,
    ];
    const others: Choices<string> = [
      `${name} <> :r`,
      `contains(${name}, :r)`,
      `attribute_exists(${name})`,
      `${name} IN (:r)`,
      `size(${name}) = :r`,
      `:r < ${name}`,
    ];
    const texts: readonly string[] = key && isNumber ? [] : [`begins_with(${name}, :r)`];
    return key
      ? either<string>([...ordered, ...texts], [...others, `begins_with(${name}, :r)`])
      : draw([...ordered, ...others, ...texts]);
  };

  function keyCondition(): string | undefined {
    const hash = either<string>(
      [`${keys.hash} = :h`],
      ['#k = :h', `${keys.hash} > :h`, `${keys.hash} <> :h`, `:h = ${keys.hash}`],
    );
    const range = IndexName === 'ByShard' && fraction() > rate ? hash : comparison(keys.range, true);
    const both = range === hash ? hash : `${hash} AND ${range}`;
    return either<() => string | undefined>(
      [() => hash, () => both, () => both, () => (range === hash ? `(${hash})` : `(${range}) AND ${hash}`)],
      [
        () => `${hash} AND ${comparison(draw(['note', 'pk', 'sk', `${keys.range}.deep`]), true)}`,
        () => `${hash} OR ${range}`,
        () => `NOT ${hash}`,
        () => `${both} AND ${range}`,
        () => range,
        () => draw(['', ' ', undefined, `${keys.hash} =`, `${keys.hash} = 1`]),
      ],
    )();
  }

  const filters = () =>
    either<() => string | undefined>(
      [
        () => undefined,
        () => undefined,
        () => comparison(draw(['note', 'parts', 'parts[0]', 'parts[1].deep', 'absent', '#n']), false),
        () => `attribute_exists(note) OR ${comparison('note', false)}`,
        () => `NOT ${comparison('note', false)}`,
      ],
      [() => comparison(draw(['pk', 'sk', keys.hash, keys.range]), false), () => '', () => 'attribute_type(note, :r)'],
    )();

  /** An item's: where one that is not there would be among those with the same index key, nobody promises. */
  const startKey = (): unknown => {
    const names = ['pk', 'sk', keys.hash, ...(IndexName === 'ByShard' ? [] : [keys.range])];
    const item = draw(items.filter((one) => names.every((name) => name in one)));
    const own = Object.fromEntries(names.map((name) => [name, item[name]]));
    return either<unknown>(
      [own],
      [
        { pk: item.pk, sk: item.sk },
        { pk: item.pk },
        {},
        { ...own, pk: { N: '1' } },
        { ...own, more: { S: 'a' } },
        { ...own, [keys.range]: draw(oddValues) },
      ],
    );
  };

  /** Values and names for what the expressions mention; at times one too many or one too few. */
  function withOperands(input: Input): Input {
    const text = Object.entries(input).flatMap(([name, member]) =>
      name.endsWith('Expression') ? [String(member)] : [],
    );
    const mentioned = (pattern: RegExp): string[] => [...new Set(text.join(' ').match(pattern) ?? [])];
    const some = (all: string[], extra: string): string[] => either<string[]>([all], [all.slice(1), [...all, extra]]);
    const operandOf = (name: string): unknown =>
      name === ':h'
        ? either<unknown>([{ S: draw(partitions) }], [...oddValues, { N: '1' }])
        : either<unknown>(
            [isNumber ? { N: draw(numbers) } : { S: draw(texts) }],
            [...oddValues, { N: '1' }, { S: 'a' }],
          );
    const nameOf = (name: string): string =>
      name === '#k' ? keys.hash : either<string>(['note', 'parts'], ['sk', '']);
    const of = <T>(names: string[], each: (name: string) => T) => {
      if (names.length === 0 && either([true], [true, false])) return undefined;
      return Object.fromEntries(names.map((name) => [name, each(name)]));
    };
    return {
      ...input,
      ExpressionAttributeValues: of(some(mentioned(/:\w+/g), ':unused'), operandOf),
      ExpressionAttributeNames: of(some(mentioned(/#\w+/g), '#unused'), nameOf),
    };
  }

  const members = withOperands({
    TableName,
    IndexName,
    KeyConditionExpression: keyCondition(),
    FilterExpression: filters(),
    ProjectionExpression: either<string | undefined>(
      [undefined, undefined, 'note', 'pk, note', '#n'],
      ['pk, pk', 'parts, parts[0]', 'pk, parts[1].deep', 'absent', '', 'a b'],
    ),
    Select: either<string | undefined>(
      [undefined, undefined, undefined, 'COUNT'],
      ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'nothing'],
    ),
    Limit: either<number | undefined>([undefined, undefined, 1, 2, 3], [0, -1, 1_000_000]),
    ScanIndexForward: draw([undefined, true, false]),
    ConsistentRead: either<boolean | undefined>([undefined, false], [true]),
    ExclusiveStartKey: either<() => unknown>([() => undefined, () => undefined, startKey], [startKey])(),
    ReturnConsumedCapacity: either<string | undefined>([undefined, 'NONE'], ['TOTAL', 'INDEXES', 'all']),
  });
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}
