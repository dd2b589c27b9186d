/** The faults that are armed, and those that fired: asked for anew while the room is open and runs do something. */
import { signal } from '@preact/signals';
import { type ArmedFault, armedNewsOf, type FaultBody, type FaultsAnswer, newsOf } from '../../model/faults.ts';
import { get, post, wordsOf } from '../api.ts';
import { announce } from './announce.ts';
import { onLive } from './live.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** As the stream tells, in whatever room. */
export const armedFaults = signal<readonly ArmedFault[]>([]);
export const faults = signal<FaultsAnswer | undefined>(undefined);
export const faultsProblem = signal<string | undefined>(undefined);

const gatherMs = 250;
let isOpen = false;

const asking = oneAtATime(() => take(get<FaultsAnswer>('/faults')));

/** @returns what ends it */
export function openFaults(): () => void {
  isOpen = true;
  void asking.now();
  return () => {
    isOpen = false;
  };
}

export const arm = (fault: FaultBody): Promise<void> => take(post('/faults', fault));
export const disarm = (which: { readonly id: number } | { readonly all: true }): Promise<void> =>
  take(post('/faults/disarm', which));

async function take(asked: Promise<FaultsAnswer>): Promise<void> {
  try {
    const next = await asked;
    const last = faults.peek()?.fired[0]?.id;
    const [news] = faults.peek() === undefined ? [] : newsOf(next.fired, last ?? 0);
    if (news !== undefined) announce(news);
    faults.value = next;
    faultsProblem.value = undefined;
  } catch (error) {
    faultsProblem.value = wordsOf(error);
  }
}

onLive((message) => {
  if (message.type === 'faults') {
    const news = armedNewsOf(message.armed, armedFaults.peek());
    if (news !== undefined) announce(news);
    armedFaults.value = message.armed;
  }
  if (isOpen && message.type !== 'hello') asking.soon(gatherMs);
});
