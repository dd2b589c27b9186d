import type { Observation } from '#embedded/index.ts';
import { arnOf, queues } from '../world/stack.ts';

/**
 * The last status that subscribers were told, by booking reference.
 * @param moved ids of observations of messages that were published before
 */
export function lastMessages(trace: readonly Observation[], moved: ReadonlySet<number>): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const one of trace) {
    if (one.type !== 'messageSent' || one.queueArn !== arnOf(queues.loyalty) || moved.has(one.id)) continue;
    const { bookingReference, status } = JSON.parse(one.body) as Record<string, string>;
    last.set(String(bookingReference), String(status));
  }
  return last;
}
