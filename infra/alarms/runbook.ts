/** Headings of `docs/runbook.md`, as its links name them: each alarm has one, and each is some alarm's. */
export type RunbookPage =
  | 'failed-requests'
  | 'failed-fences'
  | 'stuck-bookings'
  | 'silent-reconciler'
  | 'old-seat-audit'
  | 'failed-background-function'
  | 'throttled-function'
  | 'throttled-step-functions'
  | 'stopped-executions'
  | 'throttled-table'
  | 'failed-writes'
  | 'dead-letters'
  | 'loyalty-dead-letters'
  | 'undelivered-events-and-messages'
  | 'failed-invocations'
  | 'waiting-messages'
  | 'lost-events-and-messages';

/** @param url where the runbook is served; without it the alarm names the file, from the project's root */
export const runbookLink = (page: RunbookPage, url = 'docs/runbook.md'): string => `${url}#${page}`;
