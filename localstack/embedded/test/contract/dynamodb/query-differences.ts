/** Where the answer to a Query differs from DynamoDB Local's on purpose. */
interface Known {
  readonly reason: string;
  readonly fits: (input: Readonly<Record<string, unknown>>, ours: string, theirs: string) => boolean;
}

const isAnswer = (text: string): boolean => text.startsWith('{');
const read = (answer: string) => JSON.parse(answer) as Record<string, unknown>;
/** Of the sort key, with a bound that an item may lie on. */
const bounded = /(^|AND )\(?(sk|phase|grade) (=|<=|>=|BETWEEN) |begins_with/;

const known: readonly Known[] = [
  {
    reason: 'AWS promises no order of items with one hash key in an index without a range key; each has its own.',
    fits: ({ IndexName, Limit, ExclusiveStartKey }, ours, theirs) =>
      IndexName === 'ByShard' &&
      isAnswer(ours) &&
      isAnswer(theirs) &&
      (Limit !== undefined || ExclusiveStartKey !== undefined || read(ours).Count === read(theirs).Count),
  },
  {
    reason:
      'Behind an item on the bound of the condition Local gives no LastEvaluatedKey; AWS looks no further than the limit, whatever comes then.',
    fits({ KeyConditionExpression, Limit }, ours, theirs) {
      if (Limit === undefined || !isAnswer(ours) || !isAnswer(theirs)) return false;
      const { LastEvaluatedKey, ...rest } = read(ours);
      return (
        LastEvaluatedKey !== undefined &&
        JSON.stringify(rest) === theirs &&
        bounded.test(String(KeyConditionExpression))
      );
    },
  },
  {
    reason: 'For the same reason Local refuses to go on from such an item; nothing is left there.',
    fits: ({ KeyConditionExpression }, ours, theirs) =>
      theirs.endsWith('The provided starting key does not match the range key predicate') &&
      isAnswer(ours) &&
      read(ours).Count === 0 &&
      bounded.test(String(KeyConditionExpression)),
  },
  {
    reason: 'A Query that meets no item costs half a unit on AWS, and at times nothing in Local.',
    fits(_input, ours, theirs) {
      if (!isAnswer(ours) || !isAnswer(theirs) || read(ours).ScannedCount !== 0) return false;
      const { ConsumedCapacity: _units, ...rest } = read(ours);
      const { ConsumedCapacity: _others, ...others } = read(theirs);
      return JSON.stringify(rest) === JSON.stringify(others);
    },
  },
];

export function reasonOf(input: Readonly<Record<string, unknown>>, ours: string, theirs: string): string | undefined {
  return known.find(({ fits }) => fits(input, ours, theirs))?.reason;
}
