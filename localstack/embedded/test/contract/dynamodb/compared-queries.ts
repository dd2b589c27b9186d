import { AwsError } from '#embedded/types.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { reasonOf } from './query-differences.ts';
import { items, queryRequest } from './query-requests.ts';
import { createContractTable, type Subject } from './subject.ts';

export interface QueryDifference {
  readonly input: Readonly<Record<string, unknown>>;
  /** Answer as JSON, or code and message. */
  readonly ours: string;
  readonly theirs: string;
  /** Why ours may differ; undefined where no reason is known. */
  readonly reason: string | undefined;
}

/** Sends the requests of a seed to both. Errors are the same where their code is: Local words some otherwise than AWS. */
export async function compareQueries(ours: Subject, theirs: Subject, seed: number, count: number) {
  const table = `queries-${seed}`;
  for (const subject of [ours, theirs]) {
    await createContractTable(subject, table);
    for (const Item of items) await subject.call('PutItem', { TableName: table, Item });
  }
  const { randomness } = createVirtualTime({ seed });
  const differences: QueryDifference[] = [];
  let answered = 0;
  for (let number = 0; number < count; number += 1) {
    const input = queryRequest(randomness, table);
    const [own, other] = await Promise.all([answerOf(ours, input), answerOf(theirs, input)]);
    if (own.startsWith('{')) answered += 1;
    if (compared(own) === compared(other)) continue;
    differences.push({ input, ours: own, theirs: other, reason: reasonOf(input, own, other) });
  }
  return { answered, differences };
}

async function answerOf({ call }: Subject, input: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    return JSON.stringify(sorted(await call('Query', { ...input })));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const compared = (answer: string): string => (answer.startsWith('{') ? answer : answer.slice(0, answer.indexOf(':')));

/** Members of objects have no order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
