import { readFileSync } from 'node:fs';
import type { ItemSizes } from './items.ts';

/** A run of a scheduled function that finds nothing to do. */
export interface IdleRun {
  readonly read: number;
  readonly write: number;
  readonly calls: number;
  /** Bytes. */
  readonly logs: number;
  /** Metrics of our own that it counts. */
  readonly metrics: number;
}

/** What only running code tells: `npm run cost:record` writes it, from traced runs on the local cloud. */
export interface Recorded {
  readonly sizes: ItemSizes;
  /** Bytes of log lines. */
  readonly logs: {
    /** Of an invocation that succeeds in a warm environment, by the function's name without stage. */
    readonly functions: Readonly<Record<string, number>>;
    /** More of an invocation that fails. */
    readonly failure: number;
    /** Of the API's access log, a request. */
    readonly request: number;
  };
  /** By the function's name without stage. */
  readonly idle: Readonly<Record<string, IdleRun>>;
}

export const recordedFile = new URL('recorded.json', import.meta.url);

export const readRecorded = (): Recorded => JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded;
