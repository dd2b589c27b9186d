import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface PassedState {
  readonly name: string;
  readonly enteredAt: string;
  /** Absent while it is at work. */
  readonly leftAt?: string;
  /** Name of the error that its last attempt ended with. */
  readonly error?: string;
}

export interface ExecutionHistory {
  readonly status: ExecutionStatus;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly states: readonly PassedState[];
}

export interface ExecutionHistoryReader {
  /** Undefined where Step Functions knows no such execution (any more: it forgets them after 90 days). */
  read(executionArn: string): Promise<ExecutionHistory | undefined>;
}

/** The longest run has some hundred events, retries and redrives of every layer included. */
const eventsPerPage = 1000;

export function sfnExecutionHistory(client: SFNClient): ExecutionHistoryReader {
  return {
    async read(executionArn) {
      const events: HistoryEvent[] = [];
      let nextToken: string | undefined;
      try {
        do {
          const page = await client.send(
            new GetExecutionHistoryCommand({
              executionArn,
              maxResults: eventsPerPage,
              // Inputs and outputs contain the customer's payment token and are not needed.
              includeExecutionData: false,
              nextToken,
            }),
          );
          events.push(...(page.events ?? []));
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
        throw error;
      }
      return historyOf(events);
    },
  };
}

/** What an execution's events, oldest first, tell of it. */
export function historyOf(events: readonly HistoryEvent[]): ExecutionHistory {
  const states: PassedState[] = [];
  let status: ExecutionStatus = 'RUNNING';
  let error: string | undefined;
  for (const event of events) {
    const at = timeOf(event);
    const entered = event.stateEnteredEventDetails?.name;
    const left = event.stateExitedEventDetails?.name;
    if (entered !== undefined) {
      error = undefined;
      states.push({ name: entered, enteredAt: at });
    } else if (left !== undefined) {
      const state = states.findLast(({ name }) => name === left);
      if (state !== undefined) replaceLast(states, state, { leftAt: at, ...(error === undefined ? {} : { error }) });
    } else {
      error = attemptError(event, error);
      status = endOf(event) ?? status;
    }
  }
  const [first, last] = [events.at(0), events.at(-1)];
  return {
    status,
    startedAt: first === undefined ? '' : timeOf(first),
    ...(status === 'RUNNING' || last === undefined ? {} : { endedAt: timeOf(last) }),
    states: status === 'RUNNING' ? states : states.map((state) => closed(state, last && timeOf(last))),
  };
}

const timeOf = ({ timestamp }: HistoryEvent): string => new Date(timestamp ?? 0).toISOString();

function replaceLast(states: PassedState[], state: PassedState, fields: Partial<PassedState>): void {
  states[states.lastIndexOf(state)] = { ...state, ...fields };
}

/** A state that an execution ended in (Fail, or stopped there) is never left. */
function closed(state: PassedState, endedAt: string | undefined): PassedState {
  return state.leftAt !== undefined || endedAt === undefined ? state : { ...state, leftAt: endedAt };
}

/** An attempt that succeeds after a failed one ends the state well. */
function attemptError(event: HistoryEvent, before: string | undefined): string | undefined {
  const { type = '' } = event;
  if (type.endsWith('Succeeded')) return undefined;
  if (!/^(Task|LambdaFunction|Activity)(Failed|TimedOut|StartFailed|SubmitFailed)$/.test(type)) return before;
  const details =
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.lambdaFunctionStartFailedEventDetails ??
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.taskStartFailedEventDetails ??
    event.taskSubmitFailedEventDetails;
  return details?.error || (type.endsWith('TimedOut') ? 'States.Timeout' : 'States.TaskFailed');
}

const ends: Readonly<Record<string, ExecutionStatus>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

const endOf = ({ type }: HistoryEvent): ExecutionStatus | undefined => ends[type ?? ''];
