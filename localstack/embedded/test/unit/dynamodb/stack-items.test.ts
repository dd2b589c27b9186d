import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StackResource } from '#embedded/types.ts';
import { byCustomer, calls, key, openTrips } from './support/trips.ts';

/** As `aws_dynamodb_table_item` in the synthesized stack. */
const anItem = (item: object | string, more: Record<string, unknown> = {}): StackResource => ({
  type: 'aws_dynamodb_table_item',
  name: 'Item',
  attributes: {
    table_name: 'trips',
    hash_key: 'pk',
    range_key: 'sk',
    item: typeof item === 'string' ? item : JSON.stringify(item),
    ...more,
  },
});

const flight = { ...key('f1', 'FLIGHT'), customer: { S: 'c' }, phase: { S: 'p' }, seats: { N: '3' } };

describe("the stack's items", () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  });
  afterEach(async () => rm(path, { recursive: true, force: true }));

  const open = (items: readonly StackResource[]) => openTrips({ items, path });

  it('are in the table and its indexes from the start', async () => {
    const service = await open([anItem(flight)]);
    await expect(calls(service)('GetItem', { Key: key('f1', 'FLIGHT') })).resolves.toEqual({ Item: flight });
    await expect(calls(service)('Query', byCustomer('c'))).resolves.toMatchObject({ Items: [flight] });
    await service.close();
  });

  it('stay as they have become over a restart, and come back where they were deleted', async () => {
    let service = await open([anItem(flight), anItem({ ...flight, ...key('f2', 'FLIGHT') })]);
    await calls(service)('UpdateItem', {
      Key: key('f1', 'FLIGHT'),
      UpdateExpression: 'SET seats = seats - :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await calls(service)('DeleteItem', { Key: key('f2', 'FLIGHT') });
    await service.close();

    service = await open([anItem(flight), anItem({ ...flight, ...key('f2', 'FLIGHT') })]);
    const seatsOf = async (pk: string) => (await calls(service)('GetItem', { Key: key(pk, 'FLIGHT') })).Item;
    await expect(seatsOf('f1')).resolves.toMatchObject({ seats: { N: '2' } });
    await expect(seatsOf('f2')).resolves.toMatchObject({ seats: { N: '3' } });
    await service.close();
  });

  it.each([
    ['is no JSON', anItem('{'), /^aws_dynamodb_table_item\.Item: its item is no JSON/],
    ['has no key', anItem({ sk: { S: 'x' } }), /^aws_dynamodb_table_item\.Item: /],
    ['is of no table', anItem(flight, { table_name: 'none' }), /^aws_dynamodb_table_item\.Item: /],
  ])('given one that %s, then the start fails and names it', async (_, item, message) => {
    await expect(open([item])).rejects.toThrow(message);
  });
});
