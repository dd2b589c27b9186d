/** Keeps what the stream tells of denied calls, messages and metrics, since the page may be opened later. Bounded in each. */

import type { Observation } from '#embedded/index.ts';
import { nameOfArn } from '#schema/arn.ts';
import type { DenialRow, MessageRow, MetricSeries } from '../../model/trouble.ts';
import type { Source } from '../source.ts';
import { createMeasures, type Measures } from './measures.ts';

const mostDenials = 200;
const mostMessages = 200;

export interface Recorder {
  /** The newest first. */
  denials(): DenialRow[];
  /** The newest first. */
  messages(): MessageRow[];
  metrics(): MetricSeries[];
  readonly measures: Measures;
  close(): void;
}

export function createRecorder(observe: Source['observe']): Recorder {
  const denials = new Map<string, DenialRow>();
  const messages: MessageRow[] = [];
  const measures = createMeasures();

  function take(one: Observation): void {
    measures.take(one);
    if (one.type === 'callDenied') {
      const key = `${one.by} ${one.action} ${one.resource}`;
      const count = (denials.get(key)?.count ?? 0) + 1;
      // Deleted first, so that the newest is the last of the map.
      denials.delete(key);
      denials.set(key, { ...denialOf(one), count });
      for (const oldest of denials.keys()) if (denials.size > mostDenials) denials.delete(oldest);
    } else if (one.type === 'messageSent') {
      messages.push(messageOf(one));
      if (messages.length > 2 * mostMessages) messages.splice(0, messages.length - mostMessages);
    }
  }

  const close = observe(take, 0);
  return {
    denials: () => [...denials.values()].reverse(),
    messages: () => messages.slice(-mostMessages).reverse(),
    metrics: measures.custom,
    measures,
    close,
  };
}

type Denied = Extract<Observation, { type: 'callDenied' }>;
type Sent = Extract<Observation, { type: 'messageSent' | 'messageDelivered' }>;

const denialOf = ({ by, action, resource, at, missing }: Denied): Omit<DenialRow, 'count'> => ({
  by,
  action,
  resource,
  lastAt: at,
  statement: missing === undefined ? undefined : JSON.stringify(missing, null, 2),
});

const messageOf = ({ at, queueArn, messageId, body }: Sent): MessageRow => ({
  at,
  kind: 'queue',
  to: nameOfArn(queueArn),
  title: messageId,
  body,
});
