/** One stream of server-sent events a page. https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Observation } from '#embedded/index.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import { partitionKey } from '#schema/table.ts';
import type { LiveMessage } from '../model/wire.ts';
import type { Faults } from './faults/index.ts';
import { securityHeaders } from './page.ts';
import type { Source } from './source.ts';

export interface Live {
  open(request: IncomingMessage, response: ServerResponse): void;
  /** Ends all streams; their pages come back by themselves. */
  close(): void;
}

/** A frame of the page: what happens within it after a message is told in one more. */
const gatherMs = 16;
/** Of a page that reads too slowly; it comes back and is told the rest, or to begin anew. */
const mostUnreadBytes = 1_000_000;
/** Of a burst the page asks for everything that it shows. */
const mostPartitions = 50;
const keepAliveMs = 15_000;

export interface LiveOptions {
  readonly observe: Source['observe'];
  readonly machineArn: string;
  /** Of this start of the process: ids of another one say nothing here. */
  readonly epoch: string;
  /** Undefined where nothing can be armed. */
  readonly faults?: Pick<Faults, 'armed' | 'watch'> | undefined;
}

export function createLive({ observe, machineArn, epoch, faults }: LiveOptions): Live {
  const streams = new Set<() => void>();
  const executionPrefix = executionArnOf(machineArn, '');

  function open(request: IncomingMessage, response: ServerResponse): void {
    const after = idOf(request.headers['last-event-id'], epoch);
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    let latest = after ?? 0;
    let pending: Map<string, string | undefined> | undefined;
    let partitions = new Set<string>();
    let timer: NodeJS.Timeout | undefined;

    const put = (text: string): void => {
      response.write(text);
      if (response.writableLength > mostUnreadBytes) response.destroy();
    };
    /** Only the last has the id: who goes away before it is told all of them again. */
    function send(...messages: readonly LiveMessage[]): void {
      const texts = messages.map(dataOf);
      put(texts.with(-1, `id: ${epoch}.${latest}\n${texts.at(-1)}`).join(''));
    }

    function flush(): void {
      timer = undefined;
      const messages: LiveMessage[] = [];
      if (pending !== undefined) {
        const runs = Object.fromEntries([...pending].map(([name, status]) => [name, status ?? null]));
        messages.push({ type: 'runs', runs });
      }
      if (partitions.size > 0) {
        messages.push({ type: 'items', ...(partitions.size <= mostPartitions && { partitions: [...partitions] }) });
      }
      if (messages.length === 0) return;
      pending = undefined;
      partitions = new Set();
      send(...messages);
      timer = setTimeout(flush, gatherMs);
    }

    function take(one: Observation): void {
      const isGap = after !== undefined && latest === after && one.id > latest + 1;
      latest = one.id;
      if (isGap) send({ type: 'reset' });
      if (one.type === 'itemChanged') {
        const { S: partition } = one.key[partitionKey] as { readonly S?: string };
        if (partition !== undefined) partitions.add(partition);
      } else if ('executionArn' in one && one.executionArn.startsWith(executionPrefix)) {
        const name = one.executionArn.slice(executionPrefix.length);
        pending ??= new Map();
        pending.set(name, one.type === 'executionChanged' ? one.status : pending.get(name));
      } else {
        return;
      }
      // The first at once, after the turn in which its records are written.
      timer ??= setTimeout(flush, 0);
    }

    put('retry: 500\n\n');
    const stop = after === undefined ? observe(take) : observe(take, after);
    // The page has an id from the start, so that it may come back to this very place.
    send(after === undefined && request.headers['last-event-id'] !== undefined ? { type: 'reset' } : { type: 'hello' });
    // Without an id: what waits to be told comes later.
    const tellFaults = (): void => put(dataOf({ type: 'faults', armed: faults?.armed() ?? [] }));
    if (faults !== undefined) tellFaults();
    const stopFaults = faults?.watch(tellFaults);
    const alive = setInterval(() => put(': \n\n'), keepAliveMs);
    const end = (): void => {
      stop();
      stopFaults?.();
      clearTimeout(timer);
      clearInterval(alive);
      streams.delete(end);
      response.end();
    };
    streams.add(end);
    response.on('close', end);
  }

  return {
    open,
    close() {
      for (const end of streams) end();
    },
  };
}

const dataOf = (message: LiveMessage): string => `data: ${JSON.stringify(message)}\n\n`;

/** Undefined where the id is another process's. */
function idOf(header: string | string[] | undefined, epoch: string): number | undefined {
  const [of, id] = String(header ?? '').split('.');
  return of === epoch && /^\d+$/.test(id ?? '') ? Number(id) : undefined;
}
