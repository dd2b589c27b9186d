import { readFileSync } from 'node:fs';

export const scoreFile = 'test/mutation/score.json';

/** Without line numbers, so that it stays the same while other lines change. */
export interface Survivor {
  readonly file: string;
  readonly was: string;
  readonly became: string;
  /** The source's line. */
  readonly line: string;
}

export interface RoomScore {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

export type Score = readonly RoomScore[];

export const readScore = (): Score => JSON.parse(readFileSync(scoreFile, 'utf8'));
