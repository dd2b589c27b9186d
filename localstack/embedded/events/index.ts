import { type Ports, sleep, systemPorts } from '../ports.ts';
import { createStore, type Store } from '../store/index.ts';
import type { Authorize, AwsService, Closable, Environment, StackResource } from '../types.ts';
import { createEventsApi } from './api.ts';
import type { EventBridgeEvent } from './event.ts';
import { createDeliveries } from './kept-deliveries.ts';
import { type Rule, readRules, scheduledEvent } from './rules.ts';
import { startSchedule } from './schedule.ts';
import type { TargetPorts } from './targets.ts';

export type { EventBridgeEvent } from './event.ts';
export { executionStatusEvent } from './execution-status.ts';

/** Gives the events that go on in place of one: none drops it, two of the same duplicate it. */
export type EventHook = (event: EventBridgeEvent) => readonly EventBridgeEvent[];

export interface EventsOptions extends TargetPorts {
  /** aws_cloudwatch_event_rule */
  readonly rules: readonly StackResource[];
  /** aws_cloudwatch_event_target */
  readonly targets: readonly StackResource[];
  readonly environment: Environment;
  readonly authorize?: Authorize;
  /** `scale` 0.01 makes an hour 36 seconds; `disabled` leaves it to `fire`. */
  readonly schedule?: { readonly scale?: number; readonly disabled?: boolean };
  /** Milliseconds before the first of three retries of a failed delivery; doubled for each further one. */
  readonly retryDelayMs?: number;
  readonly ports?: Ports | undefined;
  /** Keeps deliveries until they are over; memory by default. */
  readonly store?: Store;
  /** When deliveries may begin: at once by default. */
  readonly ready?: Promise<void>;
  readonly warn?: (message: string) => void;
}

export interface Events extends AwsService, Closable {
  /**
   * Resolves when every target of every matching rule has the event or has been given up on; never rejects. The event is kept when the
   * call returns, with what else the store's batch around the call keeps.
   */
  put(event: EventBridgeEvent): Promise<void>;
  /** Runs a scheduled rule now, whether or not it is enabled. Rejects when there is no such rule. */
  fire(ruleName: string): Promise<void>;
  /** Lets a test lose or repeat events; returns what takes the hook away again. */
  intercept(hook: EventHook): () => void;
}

/**
 * EventBridge's default bus with the rules of the stack, their targets (queues and functions) and their schedules.
 *
 * @throws Error naming the resource that AWS would refuse.
 */
export function createEvents(options: EventsOptions): Events {
  const { environment, authorize = () => {}, schedule = {}, retryDelayMs = 200, warn = console.warn } = options;
  const { ports = systemPorts, store = createStore(), ready } = options;
  const closing = new AbortController();
  const pause = (milliseconds: number) => sleep(ports.scheduler, milliseconds, closing.signal);
  const targetOptions = { ports: options, warn, retryDelayMs, closing: closing.signal, pause };
  const rules = readRules(options.rules, options.targets, environment, targetOptions);
  const hooks = new Set<EventHook>();

  const deliveries = createDeliveries({
    kept: store.collection('event deliveries'),
    rules,
    warn,
    clock: ports.clock,
    ready,
  });
  deliveries.resume();

  async function deliver(event: EventBridgeEvent, to: readonly Rule[] | undefined): Promise<void> {
    const events = [...hooks].reduce<readonly EventBridgeEvent[]>((passed, hook) => passed.flatMap(hook), [event]);
    const all = store.batch(() =>
      events.map((one) => deliveries.add(one, to ?? rules.filter((rule) => rule.enabled && rule.matches(one)))),
    );
    await Promise.all(all);
  }

  const run = (rule: Rule) => deliver(scheduledEvent(rule, environment, ports), [rule]);
  const put = (event: EventBridgeEvent) => deliver(event, undefined);
  const stops = schedule.disabled
    ? []
    : rules.flatMap((rule) => {
        if (!rule.enabled || !rule.nextRun) return [];
        const { clock, scheduler } = ports;
        const { scale = 1 } = schedule;
        return [startSchedule({ next: rule.nextRun, run: () => void run(rule), scale, clock, scheduler })];
      });

  return {
    ...createEventsApi({ rules, environment, authorize, put, ports }),
    put,
    async fire(ruleName) {
      const rule = rules.find(({ name }) => name === ruleName);
      if (!rule?.nextRun) {
        const known = rules.filter(({ nextRun }) => nextRun).map(({ name }) => name);
        throw new Error(`there is no scheduled rule ${ruleName}; known: ${known.join(', ') || 'none'}`);
      }
      await run(rule);
    },
    intercept(hook) {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    async close() {
      closing.abort();
      for (const stop of stops) stop();
    },
  };
}
