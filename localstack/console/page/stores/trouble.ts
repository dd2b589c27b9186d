/** The part of the trouble that is looked at, asked for anew while something happens. */
import { signal } from '@preact/signals';
import { get, Refused, wordsOf } from '../api.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface OpenTrouble {
  /** `letters`, `alarms` and the like. */
  readonly kind: string | undefined;
  readonly answer: unknown;
  readonly problem: string | undefined;
  /** Why the target cannot tell it. */
  readonly note: string | undefined;
}

const none: OpenTrouble = { kind: undefined, answer: undefined, problem: undefined, note: undefined };
export const openTrouble = signal<OpenTrouble>(none);

/** Letters are taken from their queues to be read, which takes a second. */
const gatherMs = 700;

/** Of an answer that only another target has. */
const unknownHere = 409;

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
    (answer) => ({ answer, problem: undefined, note: undefined }),
    (error: unknown) => {
      const isUnknown = error instanceof Refused && error.status === unknownHere;
      const words = wordsOf(error);
      const { answer } = openTrouble.peek();
      return { answer, problem: isUnknown ? undefined : words, note: isUnknown ? words : undefined };
    },
  );
  if (openTrouble.peek().kind === kind) openTrouble.value = { kind, ...news };
}

onLive((message) => {
  const { kind, problem } = openTrouble.peek();
  if (kind === undefined || (message.type === 'hello' && problem === undefined) || message.type === 'faults') return;
  asking.soon(gatherMs);
});
