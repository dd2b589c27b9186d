/** What a run has done, told from its events alone: so a live run, an ended one and a replay are one thing. */
import type { RunEvent } from './wire.ts';

/**
 * How a visit of a state stands: `running`; `retrying` while it waits for its next attempt; `done`; `caught` where its error led to another
 * state; `failed` where nothing caught it; `stopped` where the run ended meanwhile.
 */
export type VisitStatus = 'running' | 'retrying' | 'done' | 'caught' | 'failed' | 'stopped';

export interface Attempt {
  readonly scheduledId: number;
  readonly endedId: number | undefined;
  readonly from: number;
  readonly to: number | undefined;
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'timedOut';
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** One stay in a state. */
export interface Visit {
  readonly state: string;
  /** `Task`, `Choice`, …, as the event has it. */
  readonly type: string;
  readonly enteredId: number;
  readonly enteredAt: number;
  readonly exitedId: number | undefined;
  readonly exitedAt: number | undefined;
  readonly status: VisitStatus;
  readonly attempts: readonly Attempt[];
  /** Of the last attempt that failed, or of the state itself. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly resource: string | undefined;
}

export interface RunModel {
  readonly visits: readonly Visit[];
  /** ExecutionSucceeded and the like; undefined while it runs. */
  readonly ending: RunEvent | undefined;
  readonly startedAt: number | undefined;
  /** Of the newest event. */
  readonly lastAt: number | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type OpenVisit = Mutable<Omit<Visit, 'attempts'>> & { attempts: Mutable<Attempt>[] };

const endings = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;
export const isEnding = ({ type }: Pick<RunEvent, 'type'>): boolean => endings.test(type);

const scheduled = /^(LambdaFunction|Task|Activity)Scheduled$/;
const succeeded = /^(LambdaFunction|Task|Activity)Succeeded$/;
const failed = /^(LambdaFunction|Task|Activity)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$/;

/** @param events from the first on, in their order */
export function runModelOf(events: readonly RunEvent[]): RunModel {
  const visits: OpenVisit[] = [];
  /** The visit that an event belongs to, by the event's id: branches of a Map interleave, and each event names the one before it. */
  const owner = new Map<number, OpenVisit>();
  let ending: RunEvent | undefined;

  for (const event of events) {
    const visit = event.type.endsWith('StateEntered') ? opened(event) : owner.get(event.previous);
    if (visit !== undefined) {
      if (event.type.endsWith('StateEntered')) visits.push(visit);
      else note(visit, event);
      owner.set(event.id, visit);
    }
    if (isEnding(event)) ending = event;
  }
  if (ending !== undefined) for (const visit of visits) close(visit, ending);
  return { visits, ending, startedAt: events[0]?.at, lastAt: events.at(-1)?.at };
}

function opened({ id, at, type, state = '' }: RunEvent): OpenVisit {
  return {
    state,
    type: type.replace(/StateEntered$/, ''),
    enteredId: id,
    enteredAt: at,
    exitedId: undefined,
    exitedAt: undefined,
    status: 'running',
    attempts: [],
    error: undefined,
    cause: undefined,
    resource: undefined,
  };
}

function note(visit: OpenVisit, event: RunEvent): void {
  const { id, at, type, error, cause, resource } = event;
  if (scheduled.test(type)) {
    const attempt = { scheduledId: id, endedId: undefined, from: at, to: undefined };
    visit.attempts.push({ ...attempt, outcome: 'running', error: undefined, cause: undefined });
    visit.status = 'running';
    if (resource !== undefined) visit.resource = resource;
  } else if (succeeded.test(type)) {
    end(visit, { endedId: id, to: at, outcome: 'succeeded' });
    visit.error = undefined;
    visit.cause = undefined;
  } else if (failed.test(type) || /^(Map|Parallel)StateFailed$/.test(type)) {
    end(visit, { endedId: id, to: at, outcome: type.endsWith('TimedOut') ? 'timedOut' : 'failed', error, cause });
    visit.status = 'retrying';
    visit.error = error ?? type;
    visit.cause = cause;
  } else if (type.endsWith('StateExited')) {
    visit.exitedId = id;
    visit.exitedAt = at;
    // A state is also left through its Catch: its last attempt tells which it was.
    visit.status = visit.error === undefined ? 'done' : 'caught';
  }
}

function end(visit: OpenVisit, ended: Partial<Mutable<Attempt>>): void {
  const last = visit.attempts.at(-1);
  if (last !== undefined) Object.assign(last, ended);
}

/** A Fail state has no exit, nor has a state that was running as the run ended. */
function close(visit: OpenVisit, { at, type, error, cause }: RunEvent): void {
  if (visit.exitedAt !== undefined) return;
  visit.exitedAt = at;
  if (visit.type === 'Fail') Object.assign(visit, { status: 'failed', error, cause });
  else visit.status = type === 'ExecutionFailed' && visit.status === 'retrying' ? 'failed' : 'stopped';
}

/** How a state stands over all its visits, as the graph colours it. */
export interface StateSummary {
  readonly status: VisitStatus;
  readonly visits: number;
  /** Attempts that failed, of all visits. */
  readonly failedAttempts: number;
  readonly attempts: number;
  /** Time from the first entry to the last exit, or to `now`. */
  readonly milliseconds: number;
  readonly last: Visit;
}

export function summarise(visits: readonly Visit[], now: number): ReadonlyMap<string, StateSummary> {
  const summaries = new Map<string, StateSummary>();
  for (const visit of visits) {
    const before = summaries.get(visit.state);
    summaries.set(visit.state, {
      status: visit.status,
      visits: (before?.visits ?? 0) + 1,
      failedAttempts: (before?.failedAttempts ?? 0) + visit.attempts.filter(isFailure).length,
      attempts: (before?.attempts ?? 0) + visit.attempts.length,
      milliseconds: (before?.milliseconds ?? 0) + Math.max(0, (visit.exitedAt ?? now) - visit.enteredAt),
      last: visit,
    });
  }
  return summaries;
}

export const isFailure = ({ outcome }: Attempt): boolean => outcome === 'failed' || outcome === 'timedOut';

/** Edges that were passed: from each visit to the next one of its branch. */
export function passedEdges(visits: readonly Visit[]): ReadonlySet<string> {
  const edges = new Set<string>();
  for (let at = 1; at < visits.length; at++) edges.add(edgeKey(visits[at - 1]?.state ?? '', visits[at]?.state ?? ''));
  return edges;
}

export const edgeKey = (from: string, to: string): string => JSON.stringify([from, to]);
