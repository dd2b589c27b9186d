import type { Json } from './json.ts';
import type { Thread, TrailEvent } from './trail.ts';

/** How one try of a Task ended. */
export type AttemptEnd =
  | { readonly outcome: 'succeeded'; readonly output: Json }
  | { readonly outcome: 'failed' | 'timedOut'; readonly error: string; readonly cause: string };

interface AttemptStart {
  readonly resource: string;
  readonly integration: { readonly service: string; readonly action: string } | undefined;
  readonly payload: Json;
  readonly timeoutSeconds: number | undefined;
  readonly region: string;
}

const WHOLE = { truncated: false };
const SUCCEEDED = { outputDetails: WHOLE };
/** Types of events and names of their details, which kept histories share. */
const endsOf = (type: string, details: string): Readonly<Record<AttemptEnd['outcome'], readonly [string, string]>> => ({
  succeeded: [`${type}Succeeded`, `${details}Succeeded`],
  failed: [`${type}Failed`, `${details}Failed`],
  timedOut: [`${type}TimedOut`, `${details}TimedOut`],
});
const functionEnds = endsOf('LambdaFunction', 'lambdaFunction');
const taskEnds = endsOf('Task', 'task');

/** Notes that a Task is tried. @returns what notes its end; the two kinds of Task have events of their own on AWS */
export function noteAttempt(thread: Thread, start: AttemptStart): (end: AttemptEnd) => void {
  return start.integration === undefined
    ? noteFunction(thread, start)
    : noteIntegration(thread, start, { resourceType: start.integration.service, resource: start.integration.action });
}

function noteFunction(thread: Thread, { resource, payload, timeoutSeconds }: AttemptStart): (end: AttemptEnd) => void {
  const details = { resource, inputDetails: WHOLE, ...limit(timeoutSeconds) };
  thread.note('LambdaFunctionScheduled', 'lambdaFunctionScheduled', details, ['input', payload]);
  thread.note('LambdaFunctionStarted');
  return (end) => void thread.note(...functionEnds[end.outcome], detailsOf(end), dataOf(end));
}

function noteIntegration(
  thread: Thread,
  { payload, timeoutSeconds, region }: AttemptStart,
  what: { readonly resourceType: string; readonly resource: string },
): (end: AttemptEnd) => void {
  const details = { ...what, region, ...limit(timeoutSeconds) };
  thread.note('TaskScheduled', 'taskScheduled', details, ['parameters', payload]);
  thread.note('TaskStarted', 'taskStarted', what);
  return (end) => void thread.note(...taskEnds[end.outcome], { ...what, ...detailsOf(end) }, dataOf(end));
}

function detailsOf(end: AttemptEnd) {
  return end.outcome === 'succeeded' ? SUCCEEDED : failureDetails(end);
}

function dataOf(end: AttemptEnd): TrailEvent['data'] {
  return end.outcome === 'succeeded' ? ['output', end.output] : undefined;
}

function limit(timeoutSeconds: number | undefined) {
  return timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds };
}

/** AWS leaves an empty error or cause out. */
export function failureDetails({ error, cause }: { readonly error: string; readonly cause: string }) {
  return { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
}
