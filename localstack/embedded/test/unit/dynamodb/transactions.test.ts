import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Idempotency } from '#embedded/dynamodb/idempotency.ts';
import { createStore } from '#embedded/store/index.ts';
import type { AwsError } from '#embedded/types.ts';
import { calls, key, openTrips } from './support/trips.ts';

const ACCOUNTS = 4;
const EACH = 50;

describe.each(['memory', 'disk'])('transactions in %s', (kind) => {
  it('move money between accounts at once, and no snapshot sees a sum that is not the whole', async () => {
    const path = kind === 'disk' ? await mkdtemp(join(tmpdir(), 'dynamodb-')) : undefined;
    const service = await openTrips(path === undefined ? {} : { path });
    const call = calls(service);
    const money = (units: number) => ({ N: String(units) });
    for (let number = 0; number < ACCOUNTS; number += 1) {
      await call('PutItem', { Item: { ...key(`a${number}`), money: money(EACH) } });
    }
    const move = (from: number, to: number, units: number) => {
      const update = (account: number, by: number, condition = {}) => ({
        Update: {
          TableName: 'trips',
          Key: key(`a${account}`),
          UpdateExpression: 'ADD money :by',
          ExpressionAttributeValues: { ':by': money(by), ...(by < 0 ? { ':least': money(-by) } : {}) },
          ...condition,
        },
      });
      const enough = { ConditionExpression: 'money >= :least' };
      return call('TransactWriteItems', { TransactItems: [update(from, -units, enough), update(to, units)] });
    };
    const sum = async () => {
      const Get = (number: number) => ({ Get: { TableName: 'trips', Key: key(`a${number}`) } });
      const TransactItems = Array.from({ length: ACCOUNTS }, (_, number) => Get(number));
      const look = async (): Promise<Record<string, unknown>> => {
        try {
          return await call('TransactGetItems', { TransactItems });
        } catch (error) {
          // Cancelled by a transfer under way.
          if ((error as AwsError).code !== 'TransactionCanceledException') throw error;
          await new Promise((resolve) => setImmediate(resolve));
          return look();
        }
      };
      const items = (await look()).Responses as { Item: { money: { N: string } } }[];
      return items.reduce((total, { Item }) => total + Number(Item.money.N), 0);
    };

    const results = await Promise.all(
      Array.from({ length: 300 }, async (_, number) => {
        const from = number % ACCOUNTS;
        const moved = move(from, (from + 1 + (number % 3)) % ACCOUNTS, 1 + (number % 60)).then(
          () => 'moved',
          (error) => error.code,
        );
        // Each look falls between other transfers, not before them all.
        const outcome = await moved;
        return [await sum(), outcome];
      }),
    );
    await service.close();
    if (path !== undefined) await rm(path, { recursive: true });

    expect(new Set(results.map(([total]) => total))).toEqual(new Set([ACCOUNTS * EACH]));
    expect(new Set(results.map(([, moved]) => moved))).toEqual(new Set(['moved', 'TransactionCanceledException']));
  });
});

const anIdempotency = (now: () => number = Date.now) => new Idempotency(createStore().collection('tokens'), now);

describe('client request tokens', () => {
  const counting = () => {
    let count = 0;
    const work = async (keep: (result: Record<string, unknown>) => void) => {
      count += 1;
      keep({ count });
      return { count };
    };
    return { work, times: () => count };
  };

  it('are forgotten after ten minutes', async () => {
    let now = 0;
    const idempotency = anIdempotency(() => now);
    const { work, times } = counting();
    await idempotency.once('token', ['a'], work);
    now = 10 * 60 * 1000 - 1;
    await idempotency.once('token', ['a'], work);
    expect(times()).toBe(1);
    now += 1;

    await idempotency.once('token', ['other'], work);

    expect(times()).toBe(2);
  });

  it('given the first request still under way, then the second is told so', async () => {
    const idempotency = anIdempotency();
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
    const first = idempotency.once('token', [], () => promise);

    await expect(idempotency.once('token', [], () => promise)).rejects.toMatchObject({
      code: 'TransactionInProgressException',
    });

    resolve({});
    await first;
  });

  it('given none, then every request is a request of its own', async () => {
    const idempotency = anIdempotency();
    const { work, times } = counting();
    await idempotency.once(undefined, ['a'], work);

    await idempotency.once(undefined, ['a'], work);

    expect(times()).toBe(2);
  });
});
