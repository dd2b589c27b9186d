import type { HistoryEvent } from '@aws-sdk/client-sfn';

export const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1, 10, 0, second));

export const iso = (second: number): string => at(second).toISOString();

export type Event = Partial<HistoryEvent>;

export const started: Event = { type: 'ExecutionStarted' };

export const failed = (error: string): Event => ({
  type: 'LambdaFunctionFailed',
  lambdaFunctionFailedEventDetails: { error },
});
