/** The recorded trace that the user opened; it stays in the page. */
import { signal } from '@preact/signals';
import { runsOfTrace, type TraceRun } from '../../model/trace.ts';
import { wordsOf } from '../api.ts';

interface OpenTrace {
  readonly file: string;
  readonly runs: ReadonlyMap<string, TraceRun>;
}

export const trace = signal<OpenTrace | undefined>(undefined);
export const traceProblem = signal<string | undefined>(undefined);

export async function openTrace(file: File): Promise<void> {
  try {
    trace.value = { file: file.name, runs: runsOfTrace(await file.text()) };
    traceProblem.value = undefined;
  } catch (error) {
    traceProblem.value = wordsOf(error);
  }
}
