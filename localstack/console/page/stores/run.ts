/** The run that is looked at: its events, which everything else is told from. */
import { effect, signal } from '@preact/signals';
import type { Layout } from '../../model/layout.ts';
import { isEnding } from '../../model/run.ts';
import { isTraceName } from '../../model/trace.ts';
import type { RunDetails, RunEvent } from '../../model/wire.ts';
import { get, wordsOf } from '../api.ts';
import { route } from '../router.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { trace } from './trace.ts';

export interface OpenRun {
  /** Empty where no run is looked at. */
  readonly name: string;
  readonly details: RunDetails | undefined;
  readonly events: readonly RunEvent[];
  readonly layout: Layout | undefined;
  readonly problem: string | undefined;
  /** Why it cannot be drawn. */
  readonly drawingProblem: string | undefined;
}

const none: OpenRun = {
  name: '',
  details: undefined,
  events: [],
  layout: undefined,
  problem: undefined,
  drawingProblem: undefined,
};
export const openRun = signal<OpenRun>(none);

/** Details change with the run's status alone. */
let needsDetails = true;
/** Whether the events that are shown may have gaps. */
let isStale = false;
/** A service may tell the end of a run in its events first. */
const askAgainMs = 1_000;

const asking = oneAtATime(refresh);

/** @param layout of the machine as it stands, for a run that begins just now: it is shown until the run's own is there */
export function showRun(name: string, layout?: Layout): void {
  if (openRun.peek().name === name) return;
  openRun.value = { ...none, name, layout };
  needsDetails = true;
  isStale = false;
  if (name === '') return;
  if (isTraceName(name)) showRecorded(name);
  else void asking.now();
  void draw(name);
}

function showRecorded(name: string): void {
  const run = trace.peek()?.runs.get(name);
  put(name, run ?? { problem: 'This trace is no longer open: open its file again, in Faults.' });
}

const pathOf = (name: string): string => `/runs/${encodeURIComponent(name)}`;

/** Another run may be looked at by the time that an answer comes. */
function put(name: string, news: Partial<OpenRun>): void {
  const present = openRun.peek();
  const isNews = Object.entries(news).some(([key, value]) => Reflect.get(present, key) !== value);
  if (present.name === name && isNews) openRun.value = { ...present, ...news };
}

async function draw(name: string): Promise<void> {
  try {
    const layout = await get<Layout>(isTraceName(name) ? '/graph' : `${pathOf(name)}/graph`);
    const isShown = JSON.stringify(layout) === JSON.stringify(openRun.peek().layout);
    put(name, { drawingProblem: undefined, ...(!isShown && { layout }) });
  } catch (error) {
    put(name, { drawingProblem: wordsOf(error) });
  }
}

async function refresh(): Promise<void> {
  const { name, events: known } = openRun.peek();
  if (name === '' || isTraceName(name)) return;
  const [wasStale, neededDetails] = [isStale, needsDetails];
  [isStale, needsDetails] = [false, false];
  try {
    const asksEvents = wasStale || !known.some(isEnding);
    await Promise.all([asksEvents && askEvents(name, wasStale), neededDetails && askDetails(name)]);
  } catch (error) {
    isStale ||= wasStale;
    needsDetails ||= neededDetails;
    put(name, { problem: wordsOf(error) });
    return;
  }
  const { events, details } = openRun.peek();
  if (details?.run.endedAt === undefined && events.some(isEnding)) {
    needsDetails = true;
    asking.soon(askAgainMs);
  }
}

async function askEvents(name: string, all: boolean): Promise<void> {
  const { events: known, drawingProblem } = openRun.peek();
  const last = all ? 0 : (known.at(-1)?.id ?? 0);
  const news = await get<RunEvent[]>(`${pathOf(name)}/events?after=${last}`);
  if (all || news.length > 0) put(name, { events: last === 0 ? news : [...known, ...news] });
  put(name, { problem: undefined });
  // It was looked at before it began.
  if (known.length === 0 && news.length > 0 && drawingProblem !== undefined) void draw(name);
}

async function askDetails(name: string): Promise<void> {
  put(name, { details: await get<RunDetails>(pathOf(name)) });
}

onLive((message) => {
  const { name, problem } = openRun.peek();
  if (name === '' || isTraceName(name)) return;
  const isBack = message.type === 'hello' && problem !== undefined;
  if (message.type === 'reset') isStale = true;
  else if (isBack) void draw(name);
  else if (message.type !== 'runs' || !(name in message.runs)) return;
  if (message.type !== 'runs' || message.runs[name] !== null) needsDetails = true;
  void asking.now();
});

effect(() => {
  const [room, name = ''] = route.value.parts;
  showRun(room === 'runs' ? name : '');
});
