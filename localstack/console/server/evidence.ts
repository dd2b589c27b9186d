/** Log lines and records of one state of one run. */
import type { Observation } from '#embedded/index.ts';
import { parseExecutionName } from '#schema/execution-names.ts';
import { tripIdOf } from '#schema/saga-input.ts';
import type { Evidence } from '../model/evidence.ts';
import { type LogLine, linesOfRun } from './log-entries.ts';
import { changeOf, type ItemChange } from './record-changes.ts';
import type { Source } from './source.ts';

export interface EvidenceQuery {
  /** The execution's name. */
  readonly run: string;
  readonly state: string;
  /** Name of the function that the state calls; none for states of other kinds. */
  readonly functionName: string | undefined;
  /** When the state was entered and left, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

const noStream = 'This target does not tell what was written: see Data for the records as they are.';

/** A line may carry the time at which it was written down. */
const slackMs = 5;

export async function evidenceOf(source: Source, query: EvidenceQuery): Promise<Evidence> {
  const { run, functionName, from, to } = query;
  const executionId = parseExecutionName(run)?.executionId ?? run;
  const kept = keptObservations(source);
  const requests = new Set<string>();
  for (const one of kept) {
    if (one.type === 'functionInvoked' && one.state === query.state && one.executionArn.endsWith(`:${run}`))
      requests.add(one.requestId);
  }
  const lines = functionName === undefined ? [] : await linesOf(source, functionName, from - slackMs, to + slackMs);
  const records = writtenDuring(kept, query)
    .map((one) => changeOf(one, [executionId, tripIdOf(executionId)]))
    .filter((change) => change !== undefined);
  return {
    logs: linesOfRun(lines, executionId, requests, source.placeOf),
    records,
    note: source.isLimited ? noStream : noteOf(kept, from),
  };
}

/** By the order in which things happened: a state and the next one may share a millisecond. */
function writtenDuring(kept: readonly Observation[], { run, state }: EvidenceQuery): ItemChange[] {
  const written: ItemChange[] = [];
  let isIn = false;
  for (const one of kept) {
    if (one.type === 'itemChanged' && isIn) written.push(one);
    if (!('executionArn' in one) || !one.executionArn.endsWith(`:${run}`)) continue;
    if (one.type === 'stateEntered') isIn = one.state === state;
    else if (one.type === 'stateExited' || (one.type === 'executionChanged' && one.status !== 'RUNNING')) isIn = false;
  }
  return written;
}

function keptObservations({ observe }: Source): readonly Observation[] {
  const kept: Observation[] = [];
  observe((one) => kept.push(one), 0)();
  return kept;
}

async function linesOf({ call }: Source, functionName: string, startTime: number, endTime: number): Promise<LogLine[]> {
  const logGroupName = `/aws/lambda/${functionName}`;
  const answer = await call('logs', 'FilterLogEvents', { logGroupName, startTime, endTime }).catch(() => undefined);
  return (answer?.events ?? []) as LogLine[];
}

function noteOf([oldest]: readonly Observation[], from: number): string | undefined {
  return oldest === undefined || oldest.at > from
    ? 'The stream of changes no longer reaches back to this state: what it wrote is not known any more.'
    : undefined;
}
