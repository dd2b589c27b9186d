import { readFileSync } from 'node:fs';
import { compactEvent, type HistoryEvent } from '../../../localstack/console/model/events.ts';
import type { RunEvent } from '../../../localstack/console/model/wire.ts';

/** The history of a run of the local cloud, as its page gets it. */
export function recorded(name: 'success' | 'failBookingConfirmation'): RunEvent[] {
  const text = readFileSync(new URL(`./recorded/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => compactEvent(JSON.parse(line) as HistoryEvent));
}
