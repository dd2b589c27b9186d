import type { Record } from '../recording.ts';

/** A kind of plan. */
export interface PlanClass {
  readonly name: string;
  readonly about: string;
  /** Lines that `parsePlan` reads, always the same ones in the same order. */
  plans(record: Record): AsyncIterable<string> | Iterable<string>;
  /** Plans of which every order is followed, up to so many. */
  readonly searches?: readonly { readonly line: string; readonly mostOrders: number }[];
}
