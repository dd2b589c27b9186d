import { expect, it } from '@jest/globals';
import { type Context, keyOf, outcome, valuesOf } from './context.ts';
import { wireItem } from './values.ts';

const ACCOUNTS = 5;
const EACH = 20;
const TRANSFERS = 120;

export function concurrencyContract(context: () => Context): void {
  const accounts = async (pk: string) => {
    const names = Array.from({ length: ACCOUNTS }, (_, index) => `ACCOUNT#${index}`);
    await context().putAll(names.map((sk) => ({ pk, sk, money: EACH })));
    return names;
  };
  const transfer = (pk: string, from: string, to: string, amount: number) =>
    context().transact([
      {
        Update: {
          Key: keyOf(pk, from),
          UpdateExpression: 'SET money = money - :a',
          ConditionExpression: 'money >= :a',
          ...valuesOf({ ':a': amount }),
        },
      },
      { Update: { Key: keyOf(pk, to), UpdateExpression: 'ADD money :a', ...valuesOf({ ':a': amount }) } },
    ]);
  const sum = (items: unknown) =>
    (items as { money: { N: string } }[]).reduce((total, { money }) => total + Number(money.N), 0);

  it('keeps the sum over concurrent transfers, in every snapshot on the way', async () => {
    const pk = crypto.randomUUID();
    const names = await accounts(pk);
    const TransactItems = context().elements(names.map((name) => ({ Get: { Key: keyOf(pk, name) } })));
    const snapshots: number[] = [];
    const look = async () => {
      const { Responses } = await context().subject.call('TransactGetItems', { TransactItems });
      snapshots.push(sum((Responses as { Item: unknown }[]).map(({ Item }) => Item)));
    };

    const outcomes = await Promise.all(
      Array.from({ length: TRANSFERS }, async (_, index) => {
        const [from, to] = [names[index % ACCOUNTS], names[(index * 2 + 1) % ACCOUNTS]] as [string, string];
        if (from === to) return 'done';
        const [done] = await Promise.all([
          outcome(transfer(pk, from, to, 1 + (index % 7))),
          // Local gives up a read beside a write with TransactionCanceledException: no snapshot, so nothing to check.
          look().catch(() => undefined),
        ]);
        return done;
      }),
    );

    expect(outcomes.filter((one) => one !== 'done' && one !== 'TransactionCanceledException')).toEqual([]);
    await look();
    expect(snapshots.filter((total) => total !== ACCOUNTS * EACH)).toEqual([]);
  });

  it('lets exactly one of many writers create an item', async () => {
    const pk = crypto.randomUUID();

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        outcome(context().put({ pk, sk: 'A', by: index }, { ConditionExpression: 'attribute_not_exists(pk)' })),
      ),
    );

    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  });

  it('takes as many seats as there are, however many ask', async () => {
    const pk = crypto.randomUUID();
    await context().put({ pk, sk: 'FLIGHT', seatCapacity: 7 });

    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        outcome(
          context().call('UpdateItem', {
            Key: keyOf(pk, 'FLIGHT'),
            UpdateExpression: 'SET seatCapacity = seatCapacity - :one ADD seatHolds :set',
            ConditionExpression: 'seatCapacity > :zero AND NOT contains(seatHolds, :hold)',
            // Every trip asks twice, as a retry does.
            ...valuesOf({ ':one': 1, ':zero': 0, ':hold': `e${index % 15}`, ':set': new Set([`e${index % 15}`]) }),
          }),
        ),
      ),
    );

    expect(outcomes.filter((one) => one === 'done')).toHaveLength(7);
    const item = (await context().get(pk, 'FLIGHT')) as { seatCapacity: unknown; seatHolds: { SS: string[] } };
    expect(item.seatCapacity).toEqual(wireItem({ n: 0 }).n);
    expect(new Set(item.seatHolds.SS).size).toBe(7);
  });
}
