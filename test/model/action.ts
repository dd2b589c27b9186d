import type { Write } from './machine/steps.ts';

/** What leads from a state to the next one. `says` is for traces, and names whose it is. */
export type Action =
  | (OfRun & { readonly kind: 'answered'; readonly answer: string })
  | (OfRun & { readonly kind: FaultKind })
  | { readonly kind: LateKind; readonly says: string; readonly write: Write }
  | { readonly kind: BookingKind; readonly says: string; readonly booking: number }
  | { readonly kind: SurroundingKind; readonly says: string; readonly execution: number };

/** Of a run's next write. */
interface OfRun {
  readonly says: string;
  /** Of the run. */
  readonly slot: { readonly at: number };
  readonly write: Write;
}
/** What happens to it in place of an answer. */
export type FaultKind = 'tried again' | 'given up' | 'failed' | 'not begun' | 'left in flight';
/** Of a write that no run waits for. */
export type LateKind = 'landed' | 'refused late' | 'never landed';
export type BookingKind = 'booking started';
export type SurroundingKind =
  | 'cancellation asked for'
  | 'cancellation started'
  | 'cancellation not started'
  | 'event taken'
  | 'event taken twice'
  | 'event without a redrive'
  | 'event lost'
  | 'letter told'
  | 'letter told, comes again'
  | 'letter lost'
  | 'reconciler started'
  | 'seat to be released'
  | 'header deleted';
