import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '#embedded/types.ts';
import { compareQueries } from './compared-queries.ts';
import { Context, valuesOf } from './context.ts';
import { type Step, step } from './random.ts';
import { createContractTable, embeddedSubject, type Subject } from './subject.ts';
import { settled } from './values.ts';

/** `LOAD=full` tries all; otherwise a fifth. */
const isFull = process.env.LOAD === 'full';
const RUNS = isFull ? 150 : 30;
const QUERIES = isFull ? 1_000 : 200;

/** Random requests, to ours and to another one. */
export function differential(start: () => Promise<Subject>): void {
  let contexts: Context[];
  beforeAll(async () => {
    const table = `random-${crypto.randomUUID()}`;
    contexts = [new Context(await embeddedSubject(), table), new Context(await start(), table)];
    for (const { subject } of contexts) await createContractTable(subject, table);
  });
  afterAll(async () => {
    for (const { subject } of contexts) await subject.close();
  });

  it('get the same answers and leave the same items', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const pk = crypto.randomUUID();
        const [ours, theirs] = await Promise.all(contexts.map((context) => play(context, pk, steps)));
        expect(ours).toEqual(theirs);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('for a Query, right or wrong, get the same answers and codes', async () => {
    const [ours, theirs] = contexts.map(({ subject }) => subject) as [Subject, Subject];
    const { answered, differences } = await compareQueries(ours, theirs, 1, QUERIES);

    expect(differences.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(answered).toBeGreaterThan(QUERIES / 5);
  }, 120_000);
}

/** What every step answers, and what the table and its sparse index hold at the end. */
async function play(context: Context, pk: string, steps: readonly Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const { operation, input } of steps) seen.push(await answer(context.call(operation, input(pk))));
  const query = { KeyConditionExpression: 'pk = :pk', ...valuesOf({ ':pk': pk }) };
  seen.push(settled((await context.call('Query', query)).Items));
  const byHolder = { IndexName: 'ByOwner', KeyConditionExpression: 'holder = :h', FilterExpression: 'pk = :pk' };
  const { Items } = await context.call('Scan', {
    IndexName: byHolder.IndexName,
    FilterExpression: byHolder.FilterExpression,
    ...valuesOf({ ':pk': pk }),
  });
  const items = settled(Items) as { sk: { S: string } }[];
  seen.push(items.toSorted((a, b) => (a.sk.S < b.sk.S ? -1 : 1)));
  return seen;
}

async function answer(call: Promise<Record<string, unknown>>): Promise<unknown> {
  try {
    return settled((await call).Attributes) ?? 'done';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.code, item: settled(error.details.Item) };
  }
}
