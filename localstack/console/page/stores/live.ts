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

/** A browser gives up on a stream that is answered by an error, a proxy's for instance. */
const reopenAfterMs = 2_000;

export function connect(): void {
  const stream = new EventSource(`${base}/api/stream`);
  stream.onopen = () => {
    connection.value = 'live';
  };
  stream.onerror = () => {
    connection.value = 'lost';
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      connect();
      for (const listener of listeners) listener({ type: 'reset' });
    }, reopenAfterMs);
  };
  stream.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as LiveMessage;
    for (const listener of listeners) listener(message);
  };
}
