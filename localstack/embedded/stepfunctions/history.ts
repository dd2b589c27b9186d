import type { Execution } from './execution.ts';
import type { Attempt, Visit } from './records.ts';

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>;
}

type Details = Readonly<Record<string, unknown>>;
type Emit = (type: string, at: number, detailsKey?: string, details?: Details) => void;

const WHOLE = { truncated: false };

/** The events of GetExecutionHistory, oldest first, in AWS's shapes; made only when somebody reads them. */
export function historyOf(
  execution: Execution,
  visits: readonly Visit[],
  region: string,
  withData: boolean,
): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const emit: Emit = (type, at, detailsKey, details) => {
    const id = events.length + 1;
    // The first state hangs below nothing, as ExecutionStarted does.
    const previousEventId = id <= 2 ? 0 : id - 1;
    const named =
      detailsKey === undefined ? {} : { [`${detailsKey}EventDetails`]: withData ? details : stripped(details) };
    events.push({ id, previousEventId, type, timestamp: at / 1000, ...named } as HistoryEvent);
  };
  const { input, startDate, machine } = execution;
  emit('ExecutionStarted', startDate, 'executionStarted', {
    input,
    inputDetails: WHOLE,
    roleArn: machine.source.roleArn,
  });
  for (const visit of visits) emitVisit(emit, visit, region);
  emitEnding(emit, execution);
  return events;
}

function emitVisit(emit: Emit, visit: Visit, region: string): void {
  const { name, definition } = visit.state;
  emit(`${definition.Type}StateEntered`, visit.enteredAt, 'stateEntered', {
    name,
    input: visit.input,
    inputDetails: WHOLE,
  });
  for (const attempt of visit.attempts) {
    if (visit.state.integration === undefined) emitLambdaAttempt(emit, visit, attempt);
    else emitTaskAttempt(emit, visit.state.integration, attempt, visit.input, region);
  }
  if (visit.exitedAt === undefined) return;
  emit(`${definition.Type}StateExited`, visit.exitedAt, 'stateExited', {
    name,
    output: visit.output,
    outputDetails: WHOLE,
  });
}

function emitLambdaAttempt(emit: Emit, { state, input }: Visit, attempt: Attempt): void {
  emit('LambdaFunctionScheduled', attempt.at, 'lambdaFunctionScheduled', {
    resource: state.definition.Resource,
    input: attempt.payload ?? input,
    inputDetails: WHOLE,
    ...limit(attempt),
  });
  emit('LambdaFunctionStarted', attempt.at);
  const { outcome, endedAt, output } = attempt;
  if (outcome === 'succeeded') {
    emit('LambdaFunctionSucceeded', endedAt, 'lambdaFunctionSucceeded', { output, outputDetails: WHOLE });
  }
  if (outcome === 'failed') emit('LambdaFunctionFailed', endedAt, 'lambdaFunctionFailed', failure(attempt));
  if (outcome === 'timedOut') emit('LambdaFunctionTimedOut', endedAt, 'lambdaFunctionTimedOut', failure(attempt));
}

function emitTaskAttempt(
  emit: Emit,
  { service, action }: { readonly service: string; readonly action: string },
  attempt: Attempt,
  stateInput: string,
  region: string,
): void {
  const what = { resourceType: service, resource: action };
  const parameters = attempt.payload ?? stateInput;
  emit('TaskScheduled', attempt.at, 'taskScheduled', { ...what, region, parameters, ...limit(attempt) });
  emit('TaskStarted', attempt.at, 'taskStarted', what);
  const { outcome, endedAt, output } = attempt;
  if (outcome === 'succeeded')
    emit('TaskSucceeded', endedAt, 'taskSucceeded', { ...what, output, outputDetails: WHOLE });
  if (outcome === 'failed') emit('TaskFailed', endedAt, 'taskFailed', { ...what, ...failure(attempt) });
  if (outcome === 'timedOut') emit('TaskTimedOut', endedAt, 'taskTimedOut', { ...what, ...failure(attempt) });
}

function emitEnding(emit: Emit, { ending }: Execution): void {
  if (ending === undefined) return;
  const { status, stopDate, output } = ending;
  if (status === 'SUCCEEDED') {
    emit('ExecutionSucceeded', stopDate, 'executionSucceeded', { output, outputDetails: WHOLE });
  } else if (status === 'TIMED_OUT') {
    // DescribeExecution has no error for it; AWS tells States.Timeout here alone.
    emit('ExecutionTimedOut', stopDate, 'executionTimedOut', { error: 'States.Timeout' });
  } else {
    const outcome = status === 'FAILED' ? 'Failed' : 'Aborted';
    const { error, cause } = ending;
    emit(`Execution${outcome}`, stopDate, `execution${outcome}`, failure({ error: error ?? '', cause: cause ?? '' }));
  }
}

function limit({ timeoutSeconds }: Attempt): Details {
  return timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds };
}

/** AWS leaves an empty error or cause out. */
function failure({ error, cause }: { readonly error: string; readonly cause: string }): Details {
  return { ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
}

function stripped(details: Details = {}): Details {
  return Object.fromEntries(
    Object.entries(details).filter(([key]) => !['input', 'output', 'parameters'].includes(key)),
  );
}
