/** Runs as the page shows them, read by the API of Step Functions. */
import { executionArnOf, parseExecutionName } from '#schema/execution-names.ts';
import { tripIdOf } from '#schema/saga-input.ts';
import type { AslDefinition } from '../model/asl.ts';
import { compactEvent, type HistoryEvent, transitionsOf } from '../model/events.ts';
import type { RunDetails, RunEvent, RunRow } from '../model/wire.ts';
import { AwsFailure, type Json, type Source } from './source.ts';

/** AWS's most for a page of ListExecutions and of GetExecutionHistory. */
const pageLength = 1_000;

export interface Runs {
  arnOf(name: string): string;
  /** The newest thousand, newest first. */
  list(): Promise<RunRow[]>;
  /** Without those that there are not, any more or yet. */
  rows(names: readonly string[]): Promise<RunRow[]>;
  details(name: string): Promise<Omit<RunDetails, 'actions'>>;
  /** Those after the event of that id. */
  events(name: string, after: number): Promise<RunEvent[]>;
  /** A whole event, payload included; undefined where there is none. */
  event(name: string, id: number): Promise<HistoryEvent | undefined>;
  /** The definition that the run has, or that of the machine. */
  definition(name: string | undefined): Promise<AslDefinition>;
}

interface Description {
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export function createRuns({ call, machineArn, isLimited }: Pick<Source, 'call' | 'machineArn' | 'isLimited'>): Runs {
  /** Rows of runs that have ended and so do not change. */
  const ended = new Map<string, RunRow>();
  const arnOf = (name: string): string => executionArnOf(machineArn, name);
  /** Calls an operation on a run. @throws AwsFailure that tells in words of a run that there is not */
  async function ask(name: string, operation: string, more: Json = {}): Promise<Json> {
    try {
      return await call('states', operation, { executionArn: arnOf(name), ...more });
    } catch (error) {
      if (!isUnknown(error)) throw error;
      throw new AwsFailure(error.code, `There is no run ${name}: it has not begun, or it is forgotten.`, 404);
    }
  }

  const describe = (name: string): Promise<Description> =>
    ask(name, 'DescribeExecution') as Promise<unknown> as Promise<Description>;

  async function history(name: string, includeExecutionData: boolean): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    for (let nextToken: unknown; ; ) {
      const page = await ask(name, 'GetExecutionHistory', {
        maxResults: pageLength,
        includeExecutionData,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      events.push(...(page.events as HistoryEvent[]));
      nextToken = page.nextToken;
      if (nextToken === undefined) return events;
    }
  }

  async function rowOf(description: Description): Promise<RunRow> {
    const isRunning = description.status === 'RUNNING';
    const isCounted = !isLimited || !isRunning;
    const transitions = isCounted ? transitionsOf(await history(description.name, false)) : undefined;
    const row = rowFrom(description, transitions);
    if (!isRunning) ended.set(row.name, row);
    for (const oldest of ended.keys()) {
      if (ended.size <= 2 * pageLength) break;
      ended.delete(oldest);
    }
    return row;
  }

  return {
    arnOf,
    async list() {
      const { executions } = await call('states', 'ListExecutions', {
        stateMachineArn: machineArn,
        maxResults: pageLength,
      });
      const found = executions as Description[];
      const whole = async (one: Description) => (isLimited ? rowFrom(one, undefined) : rowOf(await describe(one.name)));
      const rows = await Promise.all(found.map(async (one) => ended.get(one.name) ?? whole(one)));
      const listed = new Set(found.map(({ name }) => name));
      for (const name of ended.keys()) if (!listed.has(name)) ended.delete(name);
      return rows;
    },
    async rows(names) {
      const found = names.map(async (name) => {
        try {
          return await rowOf(await describe(name));
        } catch (error) {
          if (isUnknown(error)) return undefined;
          throw error;
        }
      });
      return (await Promise.all(found)).filter((row) => row !== undefined);
    },
    async details(name) {
      const description = await describe(name);
      const { input, output, error, cause } = description;
      return { run: await rowOf(description), input, output, error, cause };
    },
    events: async (name, after) => (await history(name, false)).filter(({ id }) => id > after).map(compactEvent),
    event: async (name, id) => (await history(name, true)).find((event) => event.id === id),
    async definition(name) {
      const { definition } =
        name === undefined
          ? await call('states', 'DescribeStateMachine', { stateMachineArn: machineArn })
          : await ask(name, 'DescribeStateMachineForExecution');
      return JSON.parse(String(definition)) as AslDefinition;
    },
  };
}

const isUnknown = (error: unknown): error is AwsFailure =>
  error instanceof AwsFailure && error.code === 'ExecutionDoesNotExist';

function rowFrom({ name, status, startDate, stopDate, input, error }: Description, transitions?: number): RunRow {
  const { trip_id, customer, run_type } = objectOf(input);
  const named = parseExecutionName(name);
  return {
    name,
    status,
    startedAt: Math.round(startDate * 1000),
    endedAt: stopDate === undefined ? undefined : Math.round(stopDate * 1000),
    trip: textOr(trip_id) ?? (named === undefined ? undefined : tripIdOf(named.executionId)),
    customer: textOr(customer),
    runType: textOr(run_type),
    kind: named?.kind ?? 'book',
    error,
    transitions,
  };
}

const textOr = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function objectOf(text = ''): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}
