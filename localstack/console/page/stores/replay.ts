/** Where a replay stands. */
import { computed, effect, signal } from '@preact/signals';
import { paceOf, stopsOf } from '../../model/replay.ts';
import { openRun } from './run.ts';

/** How many events of the run are shown; undefined for all, as they come. */
export const cursor = signal<number | undefined>(undefined);
export const playing = signal(false);
export const speed = signal(1);

export const stops = computed(() => stopsOf(openRun.value.events));

/** The stop that is shown: an index of `stops`; -1 before the first. */
export const stop = computed(() => {
  const { value: count } = cursor;
  return count === undefined ? stops.value.length - 1 : stops.value.findLastIndex((each) => each <= count);
});

export function showStop(index: number): void {
  const last = stops.value.length - 1;
  const wanted = Math.min(last, Math.max(0, index));
  cursor.value = stops.value[wanted];
}

/** From the beginning, where it stands at the end. */
export function play(): void {
  if (stop.value >= stops.value.length - 1) showStop(0);
  playing.value = true;
}

export function pause(): void {
  playing.value = false;
}

/** Back to what happens now. */
export function showAll(): void {
  playing.value = false;
  cursor.value = undefined;
}

effect(() => {
  if (!playing.value) return undefined;
  const at = stop.value;
  const here = stops.value[at];
  const next = stops.value[at + 1];
  if (here === undefined || next === undefined) {
    playing.value = false;
    return undefined;
  }
  const timer = setTimeout(() => showStop(at + 1), paceOf(openRun.value.events, here, next) / speed.value);
  return () => clearTimeout(timer);
});
