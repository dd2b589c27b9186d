/** The part of the trouble that is looked at, asked for anew while something happens. */
import { signal } from '@preact/signals';
import { get, wordsOf } from '../api.ts';
import { onLive } from './live.ts';

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

let timer: number | undefined;
let asking = false;
let again = false;

export function showTrouble(kind: string | undefined): void {
  if (openTrouble.peek().kind === kind) return;
  openTrouble.value = { ...none, kind };
  if (kind !== undefined) void refreshTrouble();
}

export async function refreshTrouble(): Promise<void> {
  timer = undefined;
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  do {
    again = false;
    const { kind } = openTrouble.peek();
    if (kind === undefined) break;
    const news = await get<unknown>(`/trouble/${kind}`).then(
      (answer) => ({ answer, problem: undefined }),
      (error: unknown) => ({ answer: openTrouble.peek().answer, problem: wordsOf(error) }),
    );
    if (openTrouble.peek().kind === kind) openTrouble.value = { kind, ...news };
    else again = true;
  } while (again);
  asking = false;
}

onLive((message) => {
  if (openTrouble.peek().kind === undefined || message.type === 'hello') return;
  if (timer === undefined) timer = setTimeout(refreshTrouble, gatherMs);
});
