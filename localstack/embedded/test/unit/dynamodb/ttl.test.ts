import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDb } from '#embedded/dynamodb/index.ts';
import { byCustomer, calls, key, openTrips, tripsTable } from './support/trips.ts';

const NOW_SECONDS = 1_800_000_000;
const YEAR = 365 * 24 * 3600;

describe('time to live', () => {
  let service: DynamoDb;
  let call: ReturnType<typeof calls>;
  beforeEach(async () => {
    service = await openTrips();
    call = calls(service);
  });
  afterEach(async () => service.close());

  const sweep = () => service.sweepExpired(NOW_SECONDS * 1000);

  it.each([
    ['a moment ago', { N: String(NOW_SECONDS) }, 1],
    ['a second from now', { N: String(NOW_SECONDS + 1) }, 0],
    ['more than five years ago', { N: String(NOW_SECONDS - 5 * YEAR - 1) }, 0],
    ['in the past, as a string', { S: String(NOW_SECONDS - 1) }, 0],
    ['never', undefined, 0],
  ])('an item that expired %s: %j, is swept %d times', async (_when, expiresAt, removed) => {
    await call('PutItem', { Item: { ...key('t1'), ...(expiresAt === undefined ? {} : { expiresAt }) } });

    expect(sweep()).toBe(removed);

    await expect(call('Scan', {})).resolves.toMatchObject({ Count: 1 - removed });
  });

  it('takes the item out of its indexes too', async () => {
    const expired = { expiresAt: { N: String(NOW_SECONDS - 1) }, customer: { S: 'c' }, phase: { S: 'NEW' } };
    await call('PutItem', { Item: { ...key('t1'), ...expired } });

    sweep();

    await expect(call('Query', byCustomer('c'))).resolves.toMatchObject({ Count: 0 });
  });

  it('sweeps nothing of a table without it, and describes itself', async () => {
    const other = await openTrips({ tables: [tripsTable({ ttl: undefined })] });
    await calls(other)('PutItem', { Item: { ...key('t1'), expiresAt: { N: String(NOW_SECONDS - 1) } } });

    expect(other.sweepExpired(NOW_SECONDS * 1000)).toBe(0);
    expect(await calls(other)('DescribeTimeToLive', {})).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });
    expect(await call('DescribeTimeToLive', {})).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
    await other.close();
  });
});
