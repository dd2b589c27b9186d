import type { Thread } from './trail.ts';

/** How one try of a Task ended; `text` is the output as JSON. */
export type AttemptEnd =
  | { readonly outcome: 'succeeded'; readonly text: string }
  | { readonly outcome: 'failed' | 'timedOut'; readonly error: string; readonly cause: string };

interface AttemptStart {
  readonly resource: string;
  readonly integration: { readonly service: string; readonly action: string } | undefined;
  /** JSON. */
  readonly payload: string;
  readonly timeoutSeconds: number | undefined;
  readonly region: string;
}

const WHOLE = { truncated: false };
const suffixes = { succeeded: 'Succeeded', failed: 'Failed', timedOut: 'TimedOut' } as const;

/** Notes that a Task is tried. @returns what notes its end; the two kinds of Task have events of their own on AWS */
export function noteAttempt(thread: Thread, start: AttemptStart): (end: AttemptEnd) => void {
  return start.integration === undefined
    ? noteFunction(thread, start)
    : noteIntegration(thread, start, { resourceType: start.integration.service, resource: start.integration.action });
}

function noteFunction(thread: Thread, { resource, payload, timeoutSeconds }: AttemptStart): (end: AttemptEnd) => void {
  thread.note('LambdaFunctionScheduled', 'lambdaFunctionScheduled', {
    resource,
    input: payload,
    inputDetails: WHOLE,
    ...limit(timeoutSeconds),
  });
  thread.note('LambdaFunctionStarted');
  return (end) => {
    const suffix = suffixes[end.outcome];
    thread.note(`LambdaFunction${suffix}`, `lambdaFunction${suffix}`, detailsOf(end));
  };
}

function noteIntegration(
  thread: Thread,
  { payload, timeoutSeconds, region }: AttemptStart,
  what: { readonly resourceType: string; readonly resource: string },
): (end: AttemptEnd) => void {
  thread.note('TaskScheduled', 'taskScheduled', { ...what, region, parameters: payload, ...limit(timeoutSeconds) });
  thread.note('TaskStarted', 'taskStarted', what);
  return (end) => {
    const suffix = suffixes[end.outcome];
    thread.note(`Task${suffix}`, `task${suffix}`, { ...what, ...detailsOf(end) });
  };
}

function detailsOf(end: AttemptEnd) {
  return end.outcome === 'succeeded' ? { output: end.text, outputDetails: WHOLE } : failureDetails(end);
}

function limit(timeoutSeconds: number | undefined) {
  return timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds };
}

/** AWS leaves an empty error or cause out. */
export function failureDetails({ error, cause }: { readonly error: string; readonly cause: string }) {
  return { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
}
