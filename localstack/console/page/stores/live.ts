/** The one event stream of the page. The browser opens it again by itself, from the last id on. */
import { signal } from '@preact/signals';
import type { LiveMessage } from '../../model/wire.ts';
import { base } from '../router.ts';

export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');

type Listener = (message: LiveMessage) => void;
const listeners = new Set<Listener>();

/** @returns what ends it */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A page without a stream, behind a proxy that holds it back say, shows what it can. */
const mostWaitMs = 3_000;
let heard: () => void = () => {};

/** Once the stream is open: what is asked for earlier may change unseen before it is. */
export const listening = new Promise<void>((resolve) => {
  heard = resolve;
  setTimeout(resolve, mostWaitMs);
});

/** A browser gives up on a stream that is answered by an error, a proxy's for instance. */
const reopenAfterMs = 2_000;

/** @param first what the first message stands for; its own where undefined */
export function connect(first?: LiveMessage): void {
  const stream = new EventSource(`${base}/api/stream`);
  let next = first;
  stream.onopen = () => {
    connection.value = 'live';
  };
  stream.onerror = () => {
    connection.value = 'lost';
    heard();
    // Another stream does not know where this one was.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, reopenAfterMs, { type: 'reset' });
  };
  stream.onmessage = ({ data }) => {
    heard();
    const message = next ?? (JSON.parse(String(data)) as LiveMessage);
    next = undefined;
    for (const listener of listeners) listener(message);
  };
}
