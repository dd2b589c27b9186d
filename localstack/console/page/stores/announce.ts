/** What changes by itself, told to those who do not see it: the newest only, at a pace that can be heard. */
import { signal } from '@preact/signals';

export const announcement = signal('');

const paceMs = 1_200;
let next: string | undefined;
let timer: number | undefined;

export function announce(text: string): void {
  next = text;
  if (timer === undefined) timer = setTimeout(tell, 60);
}

function tell(): void {
  timer = undefined;
  if (next === undefined) return;
  announcement.value = next;
  next = undefined;
  timer = setTimeout(tell, paceMs);
}
