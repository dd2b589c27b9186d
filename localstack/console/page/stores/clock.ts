/** The time, for what is under way; it stands still while no view needs it. */
import { signal } from '@preact/signals';

export const now = signal(Date.now());

const tickMs = 200;
let users = 0;
let timer: number | undefined;

/** @returns what ends it */
export function useTime(): () => void {
  users += 1;
  now.value = Date.now();
  if (timer === undefined) {
    timer = setInterval(() => {
      now.value = Date.now();
    }, tickMs);
  }
  return () => {
    users -= 1;
    if (users > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
