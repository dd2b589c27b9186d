/** The run that is looked at: its events, which everything else is told from. */
import { signal } from '@preact/signals';
import type { Layout } from '../../model/layout.ts';
import { isTraceName } from '../../model/trace.ts';
import type { RunDetails, RunEvent } from '../../model/wire.ts';
import { get, wordsOf } from '../api.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { trace } from './trace.ts';

export interface OpenRun {
  readonly name: string;
  readonly details: RunDetails | undefined;
  readonly events: readonly RunEvent[];
  readonly layout: Layout | undefined;
  readonly problem: string | undefined;
}

const none: OpenRun = { name: '', details: undefined, events: [], layout: undefined, problem: undefined };
export const openRun = signal<OpenRun>(none);

const asking = oneAtATime(refresh);

export function showRun(name: string): void {
  if (openRun.peek().name === name) return;
  openRun.value = { ...none, name };
  const isRecorded = isTraceName(name);
  if (isRecorded) showRecorded(name);
  else void asking.now();
  get<Layout>(isRecorded ? '/graph' : `${pathOf(name)}/graph`).then(
    (layout) => put(name, { layout }),
    (error: unknown) => put(name, { problem: wordsOf(error) }),
  );
}

function showRecorded(name: string): void {
  const run = trace.peek()?.runs.get(name);
  put(name, run ?? { problem: 'This trace is no longer open: open its file again, in Faults.' });
}

const pathOf = (name: string): string => `/runs/${encodeURIComponent(name)}`;

/** Another run may be looked at by the time that an answer comes. */
function put(name: string, news: Partial<OpenRun>): void {
  if (openRun.peek().name === name) openRun.value = { ...openRun.peek(), ...news };
}

async function refresh(): Promise<void> {
  const { name, events } = openRun.peek();
  if (name === '' || isTraceName(name)) return;
  const last = events.at(-1)?.id ?? 0;
  try {
    const news = await get<RunEvent[]>(`${pathOf(name)}/events?after=${last}`);
    const present = openRun.peek();
    if (present.name !== name) return;
    if (news.length > 0) put(name, { events: [...present.events, ...news], problem: undefined });
    const wasRunning = present.details?.run.endedAt === undefined;
    if (wasRunning) put(name, { details: await get<RunDetails>(pathOf(name)), problem: undefined });
  } catch (error) {
    put(name, { problem: wordsOf(error) });
  }
}

onLive((message) => {
  const { name } = openRun.peek();
  if (name === '' || isTraceName(name)) return;
  if (message.type === 'reset') {
    openRun.value = { ...openRun.peek(), events: [], details: undefined };
    void asking.now();
  } else if (message.type === 'runs' && name in message.runs) {
    void asking.now();
  }
});
