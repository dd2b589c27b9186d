/** What went wrong or waits, as the server sends it to the page. Times are milliseconds since 1970. */
import type { LetterFailure } from '#schema/dead-letter.ts';

export interface LetterRow {
  readonly id: string;
  /** Name of the queue, without the stage's prefix. */
  readonly queue: string;
  readonly sentAt: number;
  readonly about: string;
  readonly failures: readonly LetterFailure[];
  readonly trip: string | undefined;
  readonly executionId: string | undefined;
}

/** What became of a letter that was redriven. */
export interface RedriveResult {
  readonly id: string;
  readonly about: string;
  readonly isDone: boolean;
  readonly text: string;
}

export interface UnfinishedRow {
  readonly trip: string;
  readonly status: string;
  readonly executionId: string;
  readonly updatedAt: string;
}

export interface DenialRow {
  /** ARN of the role, or the service's principal. */
  readonly by: string;
  readonly action: string;
  readonly resource: string;
  readonly count: number;
  readonly lastAt: number;
  /** The statement that would allow it, as JSON to paste; undefined where a statement denies it. */
  readonly statement: string | undefined;
}

export type AlarmState = 'ALARM' | 'OK' | 'UNKNOWN';

export interface AlarmRow {
  readonly name: string;
  readonly state: AlarmState;
  /** `Sum of Errors > 0 in 5 min` */
  readonly rule: string;
  /** What was measured; undefined where nothing was. */
  readonly value: number | undefined;
  readonly description: string;
}

export interface MessageRow {
  readonly at: number;
  readonly kind: 'queue' | 'mail';
  /** Name of the queue, or the address. */
  readonly to: string;
  readonly title: string;
  readonly body: string;
}

export interface MetricSeries {
  readonly name: string;
  readonly dimensions: string;
  readonly total: number;
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  /** The beginning of its minute. */
  readonly at: number;
  readonly sum: number;
  readonly count: number;
}
