/** Deliveries that are not over: kept before the event's acceptance is answered, so that a next process goes on with them. */

import type { Clock } from '../ports.ts';
import type { Collection } from '../store/index.ts';
import type { EventBridgeEvent } from './event.ts';
import type { Rule } from './rules.ts';
import type { Target } from './targets.ts';

/** Of one event to one target. */
export interface KeptDelivery {
  readonly event: EventBridgeEvent;
  /** Name of the rule. */
  readonly rule: string;
  /** Id of the target. */
  readonly target: string;
  /** Epoch milliseconds; data of earlier releases lack it. */
  readonly receivedAt?: number;
}

interface Parts {
  readonly kept: Collection<KeptDelivery>;
  readonly rules: readonly Rule[];
  readonly warn: (message: string) => void;
  readonly clock: Clock;
  /** Before it nothing is delivered. */
  readonly ready: Promise<void> | undefined;
}

export function createDeliveries({ kept, rules, warn, clock, ready }: Parts) {
  async function deliver(key: string, event: EventBridgeEvent, receivedAt: number, target: Target): Promise<void> {
    await ready;
    await target.deliver(event, receivedAt, () => kept.delete(key));
  }

  return {
    /** Kept when it returns. Resolves when the targets have the event, or it is lost. */
    add(event: EventBridgeEvent, to: readonly Rule[]): Promise<unknown> {
      const receivedAt = clock.now();
      const deliveries = to.flatMap((rule) =>
        rule.targets.map((target) => {
          const key = `${event.id} ${rule.name} ${target.id}`;
          kept.put(key, { event, rule: rule.name, target: target.id, receivedAt });
          return deliver(key, event, receivedAt, target);
        }),
      );
      return Promise.all(deliveries);
    },
    /** Goes on with what a former process had not delivered. */
    resume(): void {
      for (const [key, { event, rule, target: id, receivedAt }] of [...kept.entries()]) {
        const target = rules.find(({ name }) => name === rule)?.targets.find((one) => one.id === id);
        if (target !== undefined) {
          void deliver(key, event, receivedAt ?? Date.parse(event.time), target);
          continue;
        }
        kept.delete(key);
        warn(`Event ${event.id} is lost: the stack has no target ${id} of rule ${rule} any more`);
      }
    },
  };
}
