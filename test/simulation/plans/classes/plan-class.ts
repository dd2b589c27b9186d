import type { Record } from '../recording.ts';

export type Line = string | (() => Promise<string>);

/** A kind of plan. */
export interface PlanClass {
  readonly name: string;
  readonly about: string;
  /** Lines that `parsePlan` reads, or what makes one in some time: always the same ones in the same order. */
  plans(record: Record): AsyncIterable<Line> | Iterable<Line>;
  /** Whether the model follows its plans (`refinement/`). */
  readonly isFollowed?: boolean;
  /** Plans of which every order is followed, up to so many. */
  readonly searches?: readonly { readonly line: string; readonly mostOrders: number }[];
}
