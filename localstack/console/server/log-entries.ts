/** Lines of a function's log, each as an entry that says whose it is. */
import type { LogEntry } from '../model/evidence.ts';
import type { Json, PlaceOf } from './source.ts';

/** A line as FilterLogEvents gives it. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface ParsedLine extends LogEntry {
  /** The booking run that a line of a step names. */
  readonly executionId: string | undefined;
}

const platform = /^(START|END|REPORT|INIT_START) (?:RequestId: )?([0-9a-f-]{36})?/;
/** Of the runtime itself, when a function failed: time, request id, level, text. */
const runtime = /^\S+\t([0-9a-f-]{36})\t([A-Z]+)\t(.*)$/s;
const shownApart = new Set(['level', 'message', 'timestamp', 'error', 'function_request_id', 'execution_id']);
const sameEverywhere = /^(service|cold_start|function_|sampling_rate|xray_trace_id|trip_id)/;

/** @returns undefined for metrics in the embedded format, which have a view of their own */
export function parsedLine({ timestamp: at, message }: LogLine, placeOf: PlaceOf): ParsedLine | undefined {
  const plain = { at, error: undefined, rest: undefined, executionId: undefined };
  const [, kind, ofPlatform] = platform.exec(message) ?? [];
  if (kind !== undefined) {
    return { ...plain, level: 'platform', text: message.replaceAll('\t', '  '), requestId: ofPlatform };
  }
  const [, requestId, level, text = ''] = runtime.exec(message) ?? [];
  if (requestId !== undefined) return { ...plain, level, text: text.replaceAll('\t', ' '), requestId };
  const line = objectOf(message);
  if (line === undefined) return { ...plain, level: undefined, text: message, requestId: undefined };
  if ('_aws' in line) return undefined;
  const rest = Object.entries(line).filter(([name]) => !shownApart.has(name) && !sameEverywhere.test(name));
  return {
    at,
    level: textOf(line.level),
    text: textOf(line.message) ?? message,
    requestId: textOf(line.function_request_id),
    error: errorOf(line.error, placeOf),
    rest: rest.length === 0 ? undefined : JSON.stringify(Object.fromEntries(rest)),
    executionId: textOf(line.execution_id),
  };
}

/**
 * The lines of one run: those that name it, and all of the invocations that they or others belong to.
 * @param known request ids of the run's invocations
 */
export function linesOfRun(
  lines: readonly LogLine[],
  executionId: string,
  known: ReadonlySet<string>,
  placeOf: PlaceOf,
): LogEntry[] {
  const parsed = lines.map((line) => parsedLine(line, placeOf)).filter((line) => line !== undefined);
  const requests = new Set(known);
  for (const { executionId: of, requestId } of parsed) {
    if (of === executionId && requestId !== undefined) requests.add(requestId);
  }
  return parsed
    .filter(({ requestId, executionId: of }) =>
      requestId === undefined ? of === executionId : requests.has(requestId),
    )
    .map(({ executionId: _, ...entry }) => entry);
}

function errorOf(value: unknown, placeOf: PlaceOf): LogEntry['error'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, message, stack } = value as Json;
  const frames = textOf(stack) ?? '';
  return {
    name: textOf(name) ?? 'Error',
    message: textOf(message) ?? '',
    place: placeOf(frames.split('\n')),
    stack: frames,
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function objectOf(message: string): Json | undefined {
  if (!message.startsWith('{')) return undefined;
  try {
    return JSON.parse(message) as Json;
  } catch {
    return undefined;
  }
}
