/** A recorded trace, as `npm run simulate -- --plan … --trace FILE` writes it: an observation a line. It is shown as any other run. */
import { nameOfArn } from '#schema/arn.ts';
import type { RunDetails, RunEvent, RunRow } from './wire.ts';

const prefix = 'trace:';

/** No execution's name has a colon. */
export const isTraceName = (name: string): boolean => name.startsWith(prefix);

export interface TraceRun {
  readonly events: readonly RunEvent[];
  readonly details: RunDetails;
}

/** What an observation may have of what is shown. */
interface Observed {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly executionArn?: string;
  readonly status?: string;
  readonly state?: string;
  readonly stateType?: string;
  readonly input?: unknown;
  readonly caught?: string;
  readonly error?: string;
}

/**
 * The runs of a trace by their names in the console.
 * @throws Error that names the line that is none of a trace
 */
export function runsOfTrace(text: string): ReadonlyMap<string, TraceRun> {
  const runs = new Map<string, Observed[]>();
  let plan = 1;
  let last = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const one = observedIn(line, at + 1);
    // Another plan of the same file counts from the beginning.
    if (one.id <= last) plan += 1;
    last = one.id;
    if (one.executionArn === undefined) continue;
    const execution = nameOfArn(one.executionArn);
    const name = prefix + (plan === 1 ? execution : `${plan}:${execution}`);
    runs.set(name, [...(runs.get(name) ?? []), one]);
  }
  if (runs.size === 0)
    throw new Error('There is no run in this file: npm run simulate -- --plan "…" --trace FILE writes one');
  return new Map([...runs].map(([name, observed]) => [name, runOf(name, observed)]));
}

function observedIn(line: string, number: number): Observed {
  try {
    const one = JSON.parse(line) as Partial<Observed> | null;
    if (typeof one?.id === 'number' && typeof one.at === 'number' && typeof one.type === 'string')
      return one as Observed;
  } catch {
    // Told below, as any other line that is none.
  }
  throw new Error(`Line ${number} is not of a trace: an observation has id, at and type`);
}

function runOf(name: string, observed: readonly Observed[]): TraceRun {
  const events: RunEvent[] = [];
  for (const one of observed) {
    for (const event of eventsOf(one)) {
      events.push({ ...event, at: one.at, id: events.length + 1, previous: events.length });
    }
  }
  const input = observed.find(({ type }) => type === 'stateEntered')?.input;
  return { events, details: { run: rowOf(name, observed, input), ...textsOf(input), actions: [] } };
}

type Bare = Omit<RunEvent, 'id' | 'previous' | 'at'>;

/** The events of GetExecutionHistory that an observation stands for. */
function eventsOf({ type, status = '', state, stateType = '', caught, error }: Observed): readonly Bare[] {
  const isTask = stateType === 'Task';
  switch (type) {
    case 'executionChanged':
      return [{ type: endings[status] ?? 'ExecutionStarted' }];
    case 'stateEntered':
      return [{ type: `${stateType}StateEntered`, ...named(state) }, ...(isTask ? [{ type: 'TaskScheduled' }] : [])];
    case 'stateRetried':
      return [{ type: 'TaskFailed', ...failedBy(error) }, { type: 'TaskScheduled' }];
    case 'stateExited': {
      const outcome = caught === undefined ? { type: 'TaskSucceeded' } : { type: 'TaskFailed', ...failedBy(caught) };
      return [...(isTask ? [outcome] : []), { type: `${stateType}StateExited`, ...named(state) }];
    }
    default:
      return [];
  }
}

const endings: Readonly<Record<string, string>> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

const named = (state: string | undefined) => (state === undefined ? {} : { state });
const failedBy = (error: string | undefined) => (error === undefined ? {} : { error });

function rowOf(name: string, observed: readonly Observed[], input: unknown): RunRow {
  const changes = observed.filter(({ type }) => type === 'executionChanged');
  const { status = 'RUNNING', at } = changes.at(-1) ?? {};
  const given = (input ?? {}) as Readonly<Record<string, unknown>>;
  const text = (key: string): string | undefined => (typeof given[key] === 'string' ? given[key] : undefined);
  return {
    name,
    status,
    startedAt: observed[0]?.at ?? 0,
    endedAt: status === 'RUNNING' ? undefined : at,
    trip: text('trip_id'),
    customer: text('customer'),
    runType: text('run_type'),
    kind: text('action') === 'cancel' ? 'cancel' : 'book',
    error: undefined,
    transitions: observed.filter(({ type }) => type === 'stateEntered').length,
  };
}

const textsOf = (input: unknown) => ({
  input: input === undefined ? undefined : JSON.stringify(input),
  output: undefined,
  error: undefined,
  cause: undefined,
});
