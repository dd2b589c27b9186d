/** The part of the trouble that is looked at, asked for anew while something happens. */
import { signal } from '@preact/signals';
import { get, wordsOf } from '../api.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface OpenTrouble {
  /** `letters`, `alarms` and the like. */
  readonly kind: string | undefined;
  readonly answer: unknown;
  readonly problem: string | undefined;
}

const none: OpenTrouble = { kind: undefined, answer: undefined, problem: undefined };
export const openTrouble = signal<OpenTrouble>(none);

/** Letters are taken from their queues to be read, which takes a second. */
const gatherMs = 700;

const asking = oneAtATime(refresh);
export const refreshTrouble = asking.now;

export function showTrouble(kind: string | undefined): void {
  if (openTrouble.peek().kind === kind) return;
  openTrouble.value = { ...none, kind };
  if (kind !== undefined) void asking.now();
}

async function refresh(): Promise<void> {
  const { kind } = openTrouble.peek();
  if (kind === undefined) return;
  const news = await get<unknown>(`/trouble/${kind}`).then(
    (answer) => ({ answer, problem: undefined }),
    (error: unknown) => ({ answer: openTrouble.peek().answer, problem: wordsOf(error) }),
  );
  if (openTrouble.peek().kind === kind) openTrouble.value = { kind, ...news };
}

onLive((message) => {
  const { kind, problem } = openTrouble.peek();
  if (kind === undefined || (message.type === 'hello' && problem === undefined) || message.type === 'faults') return;
  asking.soon(gatherMs);
});
