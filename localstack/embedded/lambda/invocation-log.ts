/** A function's log as Lambda writes it: START, the function's own lines, END, REPORT; without permission it is told and not kept. */

import type { LogEvent, Logs } from '../logs/index.ts';
import { type Authorize, AwsError, type Environment } from '../types.ts';
import type { FunctionSettings } from './function-settings.ts';
import { parseLines } from './worker/line-buffer.ts';

/** Lambda gives back so much of the log with `LogType: Tail`. */
const TAIL_BYTES = 4_096;

export interface InvocationRecord {
  readonly requestId: string;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Set where this invocation started the environment. */
  readonly init: { readonly durationMs: number; readonly lines: string } | undefined;
  readonly lines: string;
  readonly note: string | undefined;
  readonly heapBytes: number;
}

export interface InvocationLog {
  /** @returns the log's tail, at most 4 kB, whether or not it may be stored */
  write(record: InvocationRecord): string;
}

export function createInvocationLog(
  fn: FunctionSettings,
  logs: Logs,
  authorize: Authorize,
  { region, accountId }: Environment,
): InvocationLog {
  const caller = { roleArn: fn.roleArn };
  const prefix = `arn:aws:logs:${region}:${accountId}:log-group:${fn.logGroup}:log-stream:`;

  function allowed(logStream: string): boolean {
    try {
      authorize(caller, 'logs:CreateLogStream', prefix + logStream);
      authorize(caller, 'logs:PutLogEvents', prefix + logStream);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  return {
    write(record) {
      const events = eventsOf(record, fn);
      // An error is to be seen here, also where the function's role may not write its log.
      const write = allowed(record.logStream) ? logs.write : logs.tell;
      write(fn.logGroup, record.logStream, events);
      const text = `${events.map(({ message }) => message).join('\n')}\n`;
      return text.length > TAIL_BYTES ? text.slice(-TAIL_BYTES) : text;
    },
  };
}

function eventsOf(record: InvocationRecord, fn: FunctionSettings): LogEvent[] {
  const { requestId, startedAt, durationMs, init } = record;
  const endedAt = startedAt + Math.round(durationMs);
  const [start, end, report] =
    fn.logFormat === 'JSON'
      ? platformEvents(record, fn)
      : [`START RequestId: ${requestId} Version: ${fn.version}`, `END RequestId: ${requestId}`, reportLine(record, fn)];
  return [
    ...(init === undefined ? [] : parseLines(init.lines)),
    { timestamp: startedAt, message: start as string },
    ...parseLines(record.lines),
    ...(record.note === undefined ? [] : [{ timestamp: endedAt, message: record.note }]),
    ...(end === undefined ? [] : [{ timestamp: endedAt, message: end }]),
    { timestamp: endedAt, message: report as string },
  ];
}

function reportLine({ requestId, durationMs, init, heapBytes }: InvocationRecord, fn: FunctionSettings): string {
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (init?.durationMs ?? 0))} ms`,
    `Memory Size: ${fn.memoryMb} MB`,
    `Max Memory Used: ${Math.ceil(heapBytes / 2 ** 20)} MB`,
  ];
  if (init !== undefined) parts.push(`Init Duration: ${init.durationMs.toFixed(2)} ms`);
  return parts.join('\t');
}

function platformEvents(record: InvocationRecord, fn: FunctionSettings): [string, undefined, string] {
  const { requestId, startedAt, durationMs, init, heapBytes } = record;
  const metrics = {
    durationMs: Number(durationMs.toFixed(3)),
    billedDurationMs: Math.ceil(durationMs + (init?.durationMs ?? 0)),
    memorySizeMB: fn.memoryMb,
    maxMemoryUsedMB: Math.ceil(heapBytes / 2 ** 20),
    ...(init !== undefined && { initDurationMs: Number(init.durationMs.toFixed(3)) }),
  };
  const event = (at: number, type: string, body: object) =>
    JSON.stringify({ time: new Date(at).toISOString(), type, record: { requestId, ...body } });
  return [
    event(startedAt, 'platform.start', { version: fn.version }),
    undefined,
    event(startedAt + durationMs, 'platform.report', { metrics }),
  ];
}
