/** A line of a function's log as people read it, whether Lambda's runtime, a JSON logger or Lambda itself wrote it. */

import { jsonObject } from '../json.ts';

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

export interface LoggedError {
  readonly name: string;
  readonly message: string;
  /** Frames as V8 writes them, with or without the message before them. */
  readonly stack: readonly string[];
}

export interface LogRecord {
  readonly level: Level;
  readonly text: string;
  readonly error: LoggedError | undefined;
  /** Lambda's own, where the line names it. */
  readonly requestId: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html: time, request, level and text between tabs. */
const runtimeLine = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t(\S+)\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t([\s\S]*)$/;
/** What Lambda's runtime writes before the error that a function ended with. */
const endedBy = /^(Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s*\t(\{[\s\S]*\})$/;
const timedOut = /^\S+ (\S+) (Task timed out after [\d.]+ seconds)$/;
const exited = /^RequestId: (\S+) Error: (Runtime exited[\s\S]*)$/;
const platform = /^(START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_\w+) /;

/** @returns undefined for what is no message: where invocations begin and end, what they cost, and metrics */
export function recordOf(line: string): LogRecord | undefined {
  if (platform.test(line)) return undefined;
  const [, requestId, level = '', text = ''] = runtimeLine.exec(line) ?? [];
  if (requestId !== undefined) return fromRuntime(requestId, levelOf(level), text);
  const [, late, sentence = ''] = timedOut.exec(line) ?? exited.exec(line) ?? [];
  if (late !== undefined) return { level: 'error', text: sentence, error: errorOf('Error', sentence), requestId: late };
  const json = parsed(line);
  if (json === undefined) return { level: 'info', text: line, error: undefined, requestId: undefined };
  // Embedded metrics, and the platform's events in Lambda's JSON format.
  if ('_aws' in json || String(json.type).startsWith('platform.')) return undefined;
  return fromJson(json);
}

function fromRuntime(requestId: string, level: Level, text: string): LogRecord {
  const [, title, payload = ''] = endedBy.exec(text) ?? [];
  const json = parsed(title === undefined ? text : payload);
  const known = requestId === 'undefined' ? undefined : requestId;
  if (title === undefined) {
    return json === undefined
      ? { level, text, error: undefined, requestId: known }
      : { ...fromJson(json), requestId: known };
  }
  const { errorType, errorMessage, stack } = json ?? {};
  const error = errorOf(String(errorType), String(errorMessage), stack);
  return { level: 'error', text: title, error, requestId: known };
}

/** As most loggers write, Powertools and pino among them. */
function fromJson(json: Json): LogRecord {
  const { level, message, msg, error, err, requestId, function_request_id: functionRequestId } = json;
  const inner = typeof message === 'string' ? endedBy.exec(message) : undefined;
  if (inner) return fromRuntime(String(requestId), 'error', String(message));
  const logged = (error ?? err) as Json | undefined;
  const id = functionRequestId ?? requestId;
  return {
    level: levelOf(String(level ?? 'info')),
    text: String(message ?? msg ?? JSON.stringify(json)),
    error:
      typeof logged === 'object' && logged !== null && 'message' in logged
        ? errorOf(String(logged.name ?? logged.type ?? 'Error'), String(logged.message), logged.stack)
        : undefined,
    requestId: id === undefined ? undefined : String(id),
  };
}

function errorOf(name: string, message: string, stack?: unknown): LoggedError {
  const frames = Array.isArray(stack) ? stack.map(String) : typeof stack === 'string' ? stack.split('\n') : [];
  return { name, message, stack: frames };
}

const levelOf = (text: string): Level => {
  const lower = text.toLowerCase();
  return lower === 'critical' ? 'fatal' : (levels.find((each) => each === lower) ?? 'info');
};

const parsed = (text: string): Json | undefined => (text.startsWith('{') ? jsonObject(text) : undefined);
