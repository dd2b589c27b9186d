import type { Ending } from './contract.ts';
import { enteredEventId, type Visit } from './records.ts';

/** How an execution ends that failed with `thrown` in its last visited state. */
export function endingOfFailure(thrown: unknown, visits: readonly Visit[]): Omit<Ending, 'stopDate'> {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const visit = visits.at(-1);
  const state = visit?.state.definition;
  let error: string | null = name;
  let cause: string | null = message === '' ? null : message;
  if (name === 'States.Runtime') {
    const where = `An error occurred while executing the state '${visit?.state.name}'`;
    cause = `${where} (entered at the event id #${enteredEventId(visits)}). ${message}`;
  } else if (state?.Type === 'Fail') {
    // The library makes up what a Fail state leaves out.
    if (state.Error === undefined && state.ErrorPath === undefined) error = null;
    if (state.Cause === undefined && state.CausePath === undefined) cause = null;
  }
  return { status: 'FAILED', output: null, error, cause };
}
