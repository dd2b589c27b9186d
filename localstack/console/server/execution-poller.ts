/** Tells the changes of runs on a target that has no stream of them: one poller for all pages. */
import { createObserver, type Happening } from '#embedded/index.ts';
import { executionArnOf } from '#schema/execution-names.ts';
import type { Source } from './source.ts';

/**
 * ListExecutions has a bucket of 100 calls that fills by 2 a second in most regions: one a second leaves room for pages.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const busyMs = 1_000;
const idleMs = 5_000;
const mostFailingMs = 60_000;
/** Newest runs that are looked at; older ones that still run are asked for one by one. */
const pageLength = 100;
/** Running ones that are told of at each look: a page asks for the events of each that it shows. */
const mostTold = 10;

export interface PollerOptions {
  readonly call: Source['call'];
  readonly machineArn: string;
  /** Told once when the target begins to fail. */
  readonly warn: (message: string) => void;
  readonly now?: () => number;
  /** Calls `run` after so many milliseconds. @returns what keeps it from that */
  readonly later?: (run: () => void, milliseconds: number) => () => void;
}

export interface Poller {
  readonly observe: Source['observe'];
  close(): void;
}

type Statuses = ReadonlyMap<string, string>;

export function createExecutionPoller(options: PollerOptions): Poller {
  const { call, machineArn, warn, now = Date.now, later = afterTime } = options;
  const { observe, subscribe } = createObserver({ now });
  let known: Statuses | undefined;
  let failures = 0;
  let isClosed = false;
  let cancel: () => void = () => {};

  async function statuses(): Promise<Statuses> {
    const { executions } = await call('states', 'ListExecutions', {
      stateMachineArn: machineArn,
      maxResults: pageLength,
    });
    const listed = (executions as { name: string; status: string }[]).map(
      ({ name, status }) => [name, status] as const,
    );
    const found = new Map(listed);
    const older = running(known ?? new Map()).filter((name) => !found.has(name));
    for (const [at, name] of older.entries()) {
      // The others keep their place, and their turn comes.
      if (at >= mostTold) found.set(name, 'RUNNING');
      else found.set(name, await statusOf(name));
    }
    return found;
  }

  async function statusOf(name: string): Promise<string> {
    const { status } = await call('states', 'DescribeExecution', { executionArn: executionArnOf(machineArn, name) });
    return String(status);
  }

  async function look(): Promise<void> {
    try {
      const found = await statuses();
      if (isClosed) return;
      for (const [name, status] of changesBetween(known, found)) observe(changeOf(machineArn, name, status));
      known = found;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === 1) warn(`The target does not answer: ${error instanceof Error ? error.message : error}`);
    }
    if (!isClosed) cancel = later(() => void look(), waitMs(known, failures));
  }

  void look();
  return {
    observe: subscribe,
    close() {
      isClosed = true;
      cancel();
    },
  };
}

/** What is new; of what still runs, the newest, since it may have come to another state. */
export function changesBetween(known: Statuses | undefined, found: Statuses): [name: string, status: string][] {
  const told = new Set(running(found).slice(0, mostTold));
  return [...found].filter(([name, status]) => told.has(name) || (known !== undefined && known.get(name) !== status));
}

export function waitMs(known: Statuses | undefined, failures: number): number {
  if (failures > 0) return Math.min(idleMs * 2 ** (failures - 1), mostFailingMs);
  return running(known ?? new Map()).length > 0 ? busyMs : idleMs;
}

const running = (statuses: Statuses): string[] =>
  [...statuses].filter(([, status]) => status === 'RUNNING').map(([name]) => name);

const changeOf = (stateMachineArn: string, name: string, status: string): Happening => ({
  type: 'executionChanged',
  executionArn: executionArnOf(stateMachineArn, name),
  stateMachineArn,
  status,
});

function afterTime(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
