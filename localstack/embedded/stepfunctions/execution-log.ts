import { createHash } from 'node:crypto';
import type { LogLine, LogSource } from '../logs/index.ts';
import type { CompiledMachine } from './compiled.ts';
import type { Logging, MachineDefinition } from './definition.ts';
import type { Executions } from './executions.ts';
import { historyOf } from './history.ts';
import type { Details, TrailEvent } from './trail.ts';

interface ExecutionLogOptions {
  readonly machines: () => readonly CompiledMachine[];
  readonly executions: Executions;
  /** When the machines came to be, epoch milliseconds. */
  readonly createdAt: number;
}

interface Execution {
  /** The machine that it runs in. */
  readonly source: MachineDefinition;
  readonly stream: string;
  readonly executionArn: string;
}

interface Happened extends Execution {
  readonly event: TrailEvent;
  readonly redriveCount: number;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level */
const isLogged: Readonly<Record<Logging['level'], (type: string) => boolean>> = {
  ALL: () => true,
  ERROR: (type) => /(Aborted|Failed|TimedOut)$|^FailStateEntered$/.test(type),
  FATAL: (type) => /^Execution(Aborted|Failed|TimedOut)$/.test(type),
  OFF: () => false,
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-payload */
const mostBytes = 248 * 1024;

/** The events of executions as AWS delivers them. The histories have them already, so lines are made when they are read. */
export function createExecutionLog({ machines, executions, createdAt }: ExecutionLogOptions): LogSource {
  const logging = (group?: string) =>
    machines()
      .map(({ source }) => source)
      .filter((source) => groupOf(source) !== undefined && (group === undefined || groupOf(source) === group));

  /** Oldest execution first: of events of one millisecond, those of the newer execution come last. */
  function happenedTo(source: MachineDefinition): Happened[] {
    const { level = 'OFF' } = source.logging ?? {};
    const stream = streamOf(source, createdAt);
    return executions.records
      .newestFirst()
      .reverse()
      .filter(({ stateMachineArn }) => stateMachineArn === source.arn)
      .flatMap(({ executionArn }) => withRedrives(executions.events(executionArn), { source, stream, executionArn }))
      .filter(({ event }) => isLogged[level](event.type));
  }

  return {
    groups: () => [...new Set(logging().map((source) => groupOf(source) ?? ''))],
    lines: (group, most) =>
      logging(group)
        .flatMap(happenedTo)
        .sort((one, other) => one.event.at - other.event.at)
        .slice(-most)
        .map((one) => lineOf(one, group)),
  };
}

function lineOf(happened: Happened, group: string): LogLine {
  const { event, source, stream } = happened;
  const message = textOf(happened, source.logging?.includeExecutionData === true);
  return { group, stream, id: idOf(happened), timestamp: event.at, message };
}

/** `arn:aws:logs:…:log-group:NAME:*` → `NAME`. */
const groupOf = ({ logging }: MachineDefinition): string | undefined => logging?.groupArn?.split(':')[6];

function streamOf({ name, arn }: MachineDefinition, createdAt: number): string {
  const minute = new Date(createdAt).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  return `states/${name}/${minute}/${hashOf(arn).slice(0, 8)}`;
}

function withRedrives(events: readonly TrailEvent[], execution: Execution): Happened[] {
  let redriveCount = 0;
  return events.map((event) => {
    if (event.type === 'ExecutionRedriven') redriveCount += 1;
    return { ...execution, event, redriveCount };
  });
}

function textOf({ executionArn, event, redriveCount }: Happened, withData: boolean): string {
  const [told] = historyOf([event], withData);
  const details = told?.[`${event.detailsOf ?? ''}EventDetails`] ?? {};
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details: withData ? cut(details) : withoutTruncation(details),
    previous_event_id: String(event.previousId),
    event_timestamp: String(event.at),
    execution_arn: executionArn,
    redrive_count: String(redriveCount),
  });
}

function cut(details: Details): Details {
  const whole: Record<string, unknown> = { ...details };
  for (const field of ['input', 'output', 'parameters']) {
    const text = whole[field];
    if (typeof text !== 'string' || escapedBytes(text) <= mostBytes) continue;
    let length = Math.min(text.length, mostBytes);
    while (escapedBytes(text.slice(0, length)) > mostBytes) length = Math.floor(length * 0.9);
    whole[field] = text.slice(0, length);
    if (`${field}Details` in whole) whole[`${field}Details`] = { truncated: true };
  }
  return whole;
}

const escapedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

function withoutTruncation(details: Details): Details {
  return Object.fromEntries(Object.entries(details).filter(([field]) => !/^(in|out)putDetails$/.test(field)));
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As many digits as AWS's ids have. */
const idOf = ({ executionArn, event }: Happened): string =>
  BigInt(`0x${hashOf(`${executionArn}#${event.id}`).slice(0, 44)}`)
    .toString()
    .padStart(56, '0');
