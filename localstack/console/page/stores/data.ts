/** The part of the table that is looked at, kept true by the event stream. */
import { signal } from '@preact/signals';
import type { Seen, TripData } from '../../model/data.ts';
import { changesOf, type TripChanges } from '../../model/data-changes.ts';
import { get, wordsOf } from '../api.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface OpenData {
  /** Below `/data`, as it is asked for: `/trips/t1`. */
  readonly path: string | undefined;
  readonly seen: Seen<unknown> | undefined;
  /** Of a trip: what the last change was. */
  readonly changes: TripChanges;
  readonly problem: string | undefined;
}

const none: OpenData = { path: undefined, seen: undefined, changes: new Map(), problem: undefined };
export const openData = signal<OpenData>(none);

/** A view need not follow every write of a burst. */
const gatherMs = 150;

const asking = oneAtATime(refresh);

/** @param path undefined where nothing of the table is looked at any more */
export function showData(path: string | undefined): void {
  if (openData.peek().path === path) return;
  openData.value = { ...none, path };
  if (path !== undefined) void asking.now();
}

/** Another part may be looked at by the time that an answer comes: that is asked for next. */
async function refresh(): Promise<void> {
  const { path } = openData.peek();
  if (path === undefined) return;
  try {
    put(path, await get<Seen<unknown>>(`/data${path}`));
  } catch (error) {
    if (openData.peek().path === path) openData.value = { ...openData.peek(), problem: wordsOf(error) };
  }
}

function put(path: string, seen: Seen<unknown>): void {
  const present = openData.peek();
  if (present.path !== path) return;
  const isTrip = path.startsWith('/trips/');
  const changes = isTrip
    ? changesOf(present.seen?.data as TripData | undefined, seen.data as TripData)
    : present.changes;
  openData.value = { path, seen, problem: undefined, changes: changes.size > 0 ? changes : present.changes };
}

/** Whether a change of these partitions may be one of what is shown. */
function concerns(path: string, partitions: readonly string[] | undefined): boolean {
  if (partitions === undefined || !path.startsWith('/trips/')) return true;
  return partitions.includes(decodeURIComponent(path.slice('/trips/'.length)));
}

onLive((message) => {
  const { path, problem } = openData.peek();
  if (path !== undefined && problem !== undefined && message.type === 'hello') asking.soon(gatherMs);
  if (path === undefined || (message.type !== 'items' && message.type !== 'reset')) return;
  if (message.type === 'items' && !concerns(path, message.partitions)) return;
  asking.soon(gatherMs);
});
