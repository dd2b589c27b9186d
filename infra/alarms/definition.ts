import type { StageConfig } from '../config.ts';
import type { BookingMachine } from '../constructs/booking-machine.ts';
import type { BookingTable } from '../constructs/booking-table.ts';
import type { BookingTopic } from '../constructs/booking-topic.ts';
import type { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import type { FunctionQueue } from '../constructs/function-queue.ts';
import type { HttpApi } from '../constructs/http-api.ts';
import type { Redrive } from '../constructs/redrive.ts';
import type { SagaFunction } from '../constructs/saga-function.ts';
import type { ScheduledFunction } from '../constructs/scheduled-function.ts';

import type { RunbookPage } from './runbook.ts';

/** What alarms look at. */
export interface Watched {
  readonly config: StageConfig;
  /** Undefined on a target that has no HTTP API. */
  readonly api: HttpApi | undefined;
  readonly functions: readonly SagaFunction[];
  readonly machine: BookingMachine;
  readonly table: BookingTable;
  readonly topic: BookingTopic;
  /** What becomes of ended executions. */
  readonly redrive: Redrive;
  readonly schedules: readonly ScheduledFunction[];
  readonly workQueues: readonly FunctionQueue[];
  readonly deadLetterQueues: readonly DeadLetterQueue[];
}

export interface AlarmDefinition {
  readonly name: string;
  readonly description: string;
  /** What a person does about it. */
  readonly page: RunbookPage;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, string>;
  readonly statistic?: 'Sum' | 'Maximum';
  /** Rings above it: at the first occurrence by default. */
  readonly threshold?: number;
  /** Rings where nothing is counted in a period. */
  readonly ringsWhenSilent?: true;
  /** Five minutes by default. */
  readonly periodSeconds?: number;
}

/** `StartExecution` → `start-execution`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase();
}
