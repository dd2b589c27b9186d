import { createHash } from 'node:crypto';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { headersThrough } from '../invariants/headers.ts';
import { lastMessages } from '../invariants/messages.ts';
import type { Pending } from '../oracle/oracle.ts';
import { itemsOf } from './books.ts';
import type { Deeds } from './deeds.ts';
import { plainText } from './plain-text.ts';
import type { World } from './world.ts';

/**
 * What decides everything that may still happen and be judged: table, queues, timers, how far each of those is that wait, and what
 * of the past the judge looks at. Two orders that come to the same fingerprint go on alike.
 */
export function fingerprintOf(world: World, deeds: Deeds, pending: readonly Pending[]): string {
  const { cloud, trace, oracle } = world;
  const { ended, undone, needless, untrue } = headersThrough(trace, deeds);
  const told = lastMessages(trace, deeds.moved);
  const waiting = pending.map(({ actor, label, position }) => `${actor} ${label} ${position()}`).sort();
  const messages = cloud.messages().map(({ queue, body, hiddenUntil, receiveCount }) => {
    return [queue, body, Math.max(0, hiddenUntil - oracle.ports.clock.now()), receiveCount];
  });
  const past = [
    [...ended],
    [...ended.keys()].map((one) => told.get(bookingReferenceOf(one))),
    undone,
    needless,
    untrue,
    [...deeds.stale],
  ];
  const text = JSON.stringify([
    itemsOf(cloud)
      .map((item) => JSON.stringify(item, plainSets))
      .sort(),
    messages.map((message) => JSON.stringify(message)).sort(),
    waiting,
    oracle.timers(),
    past,
    [...deeds.cancelled],
    cloud.executions().map(({ name, status }) => `${name} ${status}`),
  ]);
  return createHash('md5').update(plainText(text)).digest('hex');
}

const plainSets = (_: string, value: unknown): unknown => (value instanceof Set ? [...value].sort() : value);
