/** A drawn state machine: where each state and each edge is, in pixels. */
import type { EdgeKind } from './asl.ts';

export interface PlacedState {
  readonly name: string;
  readonly type: string;
  readonly comment: string | undefined;
  /** Whether it undoes, by the shape of the machine. */
  readonly undoes: boolean;
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Layout {
  readonly startAt: string;
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly edges: readonly PlacedEdge[];
}

/** Of every state's box. */
export const boxWidth = 184;
export const boxHeight = 52;
