/** The list of runs: asked for once, then kept true by the event stream. */
import { signal } from '@preact/signals';
import { mergedRows } from '../../model/run-list.ts';
import type { RunRow } from '../../model/wire.ts';
import { get, wordsOf } from '../api.ts';
import { onLive } from './live.ts';

export const runs = signal<readonly RunRow[] | undefined>(undefined);
export const runsProblem = signal<string | undefined>(undefined);

/** So many are asked for by name; more are quicker asked for as a list. */
const mostNames = 40;
/** A list need not follow every state of a burst, least of all where its asking keeps the burst back. */
const gatherMs = 120;
const restShare = 4;
let lastMs = 0;

const changed = new Set<string>();
let everything = true;
let timer: number | undefined;
let asking = false;

/** Has the list loaded, if it is not yet. */
export function needRuns(): void {
  if (runs.value === undefined) soon(0);
}

function soon(milliseconds = Math.max(gatherMs, restShare * lastMs)): void {
  if (!asking && timer === undefined) timer = setTimeout(refresh, milliseconds);
}

async function refresh(): Promise<void> {
  timer = undefined;
  asking = true;
  const began = performance.now();
  const names = [...changed];
  const all = everything || names.length > mostNames;
  changed.clear();
  everything = false;
  try {
    const query = new URLSearchParams(names.map((name) => ['name', name]));
    const rows = await get<RunRow[]>(all ? '/runs' : `/runs?${query}`);
    runs.value = all ? rows : mergedRows(runs.value ?? [], rows);
    runsProblem.value = undefined;
  } catch (error) {
    everything = true;
    runsProblem.value = wordsOf(error);
  }
  lastMs = performance.now() - began;
  asking = false;
  if (changed.size > 0) soon();
}

onLive((message) => {
  if (message.type === 'reset') everything = true;
  else if (message.type === 'runs') for (const name of Object.keys(message.runs)) changed.add(name);
  else if (runsProblem.value === undefined) return;
  // A list that was not opened yet needs no update.
  if (runs.value !== undefined || runsProblem.value !== undefined) soon();
});
