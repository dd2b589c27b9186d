import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tripIdPattern } from '#schema/saga-input.ts';
import {
  departureScheduleOf,
  flightCatalogFields,
  indexes,
  keys,
  type PartitionKind,
  partitionKey,
  partitionPrefixes,
  paymentItemType,
  sortKey,
  timeToLiveAttribute,
  unfinishedShardOf,
  unfinishedShards,
} from '#schema/table.ts';

describe('keys', () => {
  it('are those of the contract', () => {
    expect(keys.booking('t')).toEqual({ pk: 't', sk: 'BOOKING' });
    expect(keys.leg('hotel', 't', '1')).toEqual({ pk: 't', sk: 'HOTEL#1' });
    expect(keys.leg('flight', 't', '1')).toEqual({ pk: 't', sk: 'FLIGHT#1' });
    expect(keys.leg('rental', 't', '1')).toEqual({ pk: 't', sk: 'RENTAL#1' });
    expect(keys.payment('t', '1')).toEqual({ pk: 't', sk: 'PAYMENT#1' });
    expect(keys.flightInventory('f')).toEqual({ pk: 'FLIGHT#f', sk: 'FLIGHT' });
    expect(keys.charge('c')).toEqual({ pk: 'CHARGE#c', sk: 'CHARGE' });
    expect(keys.idempotency('h')).toEqual({ pk: 'IDEMPOTENCY#h', sk: 'IDEMPOTENCY' });
    expect(keys.bookingRequest('t', 'a')).toEqual({ pk: 'REQUEST#t', sk: 'REQUEST#a' });
    expect(keys.chargeCount('a', '2026-03-01T10:00')).toEqual({ pk: 'RATE#a', sk: 'CHARGES#2026-03-01T10:00' });
    expect(keys.countedCharge('a', 'h')).toEqual({ pk: 'RATE#a', sk: 'COUNTED#h' });
    expect(keys.seatAudit()).toEqual({ pk: 'AUDIT#seat-holds', sk: 'AUDIT' });
    expect(keys.loyaltyAccount('a')).toEqual({ pk: 'LOYALTY#a', sk: 'ACCOUNT' });
    expect(keys.loyaltyRecord('a', 't', 'R')).toEqual({ pk: 'LOYALTY#a', sk: 'BOOKING#t#R' });
  });

  it('have the attributes that the table is made with', () => {
    expect(Object.keys(keys.booking('t'))).toEqual([partitionKey, sortKey]);
  });

  it('name the kind of item in their partition, since roles are granted partitions', () => {
    const kindOf: Record<keyof typeof keys, PartitionKind> = {
      booking: 'trip',
      leg: 'trip',
      payment: 'trip',
      flightInventory: 'flight',
      charge: 'charge',
      idempotency: 'idempotency',
      bookingRequest: 'request',
      chargeCount: 'rate',
      countedCharge: 'rate',
      seatAudit: 'audit',
      loyaltyAccount: 'loyalty',
      loyaltyRecord: 'loyalty',
    };
    for (const [name, kind] of Object.entries(kindOf)) {
      const key = keys[name as keyof typeof keys] as (...parts: string[]) => { pk: string };
      const { pk } = key('a', 'b', 'c');
      const found = Object.entries(partitionPrefixes).filter(([, prefix]) => pk.startsWith(prefix));

      expect({ name, kinds: found.map(([each]) => each) }).toEqual({ name, kinds: kind === 'trip' ? [] : [kind] });
      expect({ name, isMarked: pk.includes('#') }).toEqual({ name, isMarked: kind !== 'trip' });
    }
    for (const prefix of Object.values(partitionPrefixes)) expect(prefix).toMatch(/^[A-Z]+#$/);
    expect(String(tripIdPattern)).not.toContain('#');
  });

  it('of a trip never fall into the partition of a flight, a charge or an account', () => {
    fc.assert(
      fc.property(fc.stringMatching(tripIdPattern), fc.string(), (tripId, other) => {
        const others = [keys.flightInventory(other), keys.charge(other), keys.loyaltyAccount(other)].map(
          ({ pk }) => pk,
        );
        expect(others).not.toContain(keys.booking(tripId).pk);
      }),
    );
  });
});

it('spells the attributes of items as deployed tables and readers of the example know them', () => {
  expect({ timeToLiveAttribute, paymentItemType }).toEqual({
    timeToLiveAttribute: 'expiresAt',
    paymentItemType: 'Payment',
  });
});

describe('unfinishedShardOf', () => {
  it('is one of the known shards and always the same for a trip', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (tripId) => {
        expect(unfinishedShards).toContain(unfinishedShardOf(tripId));
        expect(unfinishedShardOf(tripId)).toBe(unfinishedShardOf(tripId));
      }),
    );
  });

  it('does not change from release to release: items carry it', () => {
    expect(['', 'a', 'trip-1', '5c12d94a-ee6a-40d9-889b-1d49142248b7'].map(unfinishedShardOf)).toEqual([
      '0',
      '1',
      '1',
      '2',
    ]);
  });

  it.each([
    ['random', () => randomUUID()],
    ['numbered', (index: number) => `trip-${index}`],
  ])('spreads %s trips over all shards', (_, tripIdOf) => {
    const counts = new Map(unfinishedShards.map((shard) => [shard, 0]));
    for (let index = 0; index < 8000; index++) {
      const shard = unfinishedShardOf(tripIdOf(index));
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    // A thousand expected; random ones miss these bounds once in 10^20 runs.
    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(650);
      expect(count).toBeLessThan(1350);
    }
  });
});

describe('indexes', () => {
  it('of the catalog project GraphQL’s fields of a flight, and no holds', () => {
    const { hashKey, projection } = indexes.byDepartureSchedule;
    const visible = new Set<string>([hashKey, ...projection.attributes]);
    for (const field of [...flightCatalogFields, 'seatCapacity']) expect(visible).toContain(field);
    expect(visible).not.toContain('seatHolds');
  });

  it('are those of the deployed tables: DynamoDB builds an index anew where a name, a key or a projection changes', () => {
    const keysOf = Object.values(indexes).map(({ name, hashKey, rangeKey, projection: { type } }) => [
      name,
      hashKey,
      rangeKey,
      type,
    ]);
    expect(keysOf).toEqual([
      ['ByCustomerStatus', 'customer', 'status', 'ALL'],
      ['ByCustomerStarted', 'customer', 'startedAt', 'KEYS_ONLY'],
      ['ByDepartureSchedule', 'departureAirportCode', 'arrivalAirportCode#departureDate', 'INCLUDE'],
      ['ByUnfinished', 'unfinishedShard', 'updatedAt', 'INCLUDE'],
      ['BySeatAudit', 'seatAudit', 'id', 'KEYS_ONLY'],
    ]);
    expect(indexes.byUnfinished.projection.attributes).toEqual(['status', 'execution_id', 'startedAt']);
    expect(indexes.byDepartureSchedule.projection.attributes).toEqual(
      expect.arrayContaining(['seatCapacity', 'createdAt', 'updatedAt']),
    );
  });

  it('sort a departure airport’s flights by arrival airport, then by date', () => {
    const flights = [
      { arrivalAirportCode: 'MAD', departureDate: '2026-07-02' },
      { arrivalAirportCode: 'LIS', departureDate: '2026-07-03' },
      { arrivalAirportCode: 'MAD', departureDate: '2026-07-01' },
    ];
    expect(flights.map(departureScheduleOf).toSorted()).toEqual(['LIS#2026-07-03', 'MAD#2026-07-01', 'MAD#2026-07-02']);
  });
});
