/** What the terminal tells of a running cloud: a line a request, a red line an error, and the functions' logs that are asked for. */

import { styleText } from 'node:util';
import type { Observation } from '../observer.ts';
import { createDenials } from './denials.ts';
import { type LogFilter, wants } from './log-filter.ts';
import { type LoggedError, type LogRecord, recordOf } from './log-record.ts';
import { shortNames } from './short-names.ts';

export interface ConsoleOptions {
  /** Names of the stack's functions by the log group that they write to. */
  readonly functions: ReadonlyMap<string, string>;
  /** No line a request. */
  readonly quiet: boolean;
  readonly logs: LogFilter | undefined;
  /** The place of a stack's first frame. */
  readonly placeOf: (stack: readonly string[]) => string | undefined;
  readonly print: (line: string, to: NodeJS.WriteStream) => void;
  /** Calls `run` once all that belongs to the present happening has happened. */
  readonly afterwards: (run: () => void) => void;
}

export interface Console {
  /** Tells an observation, if it is worth it. */
  take(observation: Observation): void;
  say(text: string): void;
  fail(text: string): void;
}

type Colour = 'red' | 'yellow' | 'gray' | 'green';
type Answered = Extract<Observation, { type: 'requestAnswered' }>;
interface Failure {
  readonly name: string;
  readonly error: LoggedError;
  readonly requestId: string | undefined;
}

/** Of a function that came later. */
const defaultGroup = /^\/aws\/lambda\/(.+)$/;
/** A level of its own, or Lambda's words of a time-out. */
const maybeError = /error|fatal|critical|timed out/i;
/** What a client sends may not move the cursor. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');
/** So many errors are remembered, so that one that is logged twice on its way up is told once. */
const REMEMBERED = 100;

export function createConsole({ functions, quiet, logs, placeOf, print, afterwards }: ConsoleOptions): Console {
  const short = shortNames([...functions.values()]);
  /** Errors whose request may be told in the same line, by Lambda's request id. */
  const waiting = new Map<string, Failure>();
  const told = new Set<string>();
  const denial = createDenials();
  const printed = new Set<string>();

  /** Colours only where the stream is a terminal and NO_COLOR does not forbid them. */
  const put = (at: number, colour: Colour | undefined, text: string, to: NodeJS.WriteStream = process.stdout): void => {
    const time = styleText('gray', timeOf(at), { stream: to });
    print(`${time} ${colour === undefined ? text : styleText(colour, text, { stream: to })}`, to);
  };

  function isNew({ error, requestId }: Failure, among: Set<string>): boolean {
    const key = `${requestId} ${error.name} ${error.message.slice(0, 80)}`;
    if (among.has(key)) return false;
    among.add(key);
    for (const oldest of among) {
      if (among.size <= REMEMBERED) break;
      among.delete(oldest);
    }
    return true;
  }

  function fail(at: number, failure: Failure): void {
    if (!isNew(failure, told)) return;
    const { requestId } = failure;
    if (requestId === undefined || waiting.has(requestId)) {
      put(at, 'red', failed(failure), process.stderr);
      return;
    }
    waiting.set(requestId, failure);
    afterwards(() => {
      if (waiting.delete(requestId)) put(at, 'red', failed(failure), process.stderr);
    });
  }

  function failed({ name, error, requestId }: Failure, route = '✘', request = requestId): string {
    const place = placeOf(error.stack);
    const [message = ''] = error.message.split('\n');
    return [`${route} ${short(name)}`, plain(`${error.name}: ${message}`), place, request && `request ${request}`]
      .filter(Boolean)
      .join('  ');
  }

  function answered(
    at: number,
    { method, path, status, latencyMs, requestId, invocationId = '', problem }: Answered,
  ): void {
    const line = plain(`${method} ${path} ${status} ${latencyMs} ms`);
    const failure = waiting.get(invocationId);
    waiting.delete(invocationId);
    if (failure !== undefined) {
      put(at, 'red', failed(failure, line, requestId), process.stderr);
    } else if (status >= 500) {
      put(at, 'red', [line, problem, `request ${requestId}`].filter(Boolean).join('  '), process.stderr);
    } else if (!quiet) {
      put(at, status >= 400 ? 'yellow' : undefined, line);
    }
  }

  function logged(at: number, name: string, record: LogRecord): void {
    const { level, text, error, requestId } = record;
    const isError = level === 'error' || level === 'fatal';
    const failure = error !== undefined && isError ? { name, error, requestId } : undefined;
    if (failure !== undefined) fail(at, failure);
    else if (logs === undefined && level === 'fatal')
      put(at, 'red', `✘ ${short(name)}  ${plain(text)}`, process.stderr);
    if (logs === undefined || !wants(logs, name, level)) return;
    // First the function logs it, then Lambda's runtime does.
    if (failure?.requestId !== undefined && !isNew(failure, printed)) return;
    const colour = level === 'warn' ? 'yellow' : isError ? 'red' : 'gray';
    const cause = error === undefined ? '' : `: ${error.name}: ${error.message}`;
    put(at, colour, `${level.toUpperCase().padEnd(5)} ${short(name)}  ${plain(text + cause)}`);
  }

  function take(one: Observation): void {
    if (one.type === 'requestAnswered') answered(one.at, one);
    if (one.type === 'callDenied') {
      const line = denial(one);
      if (line !== undefined) put(one.at, 'red', line, process.stderr);
    }
    if (one.type !== 'logLine') return;
    // Without logs only errors are told, and most lines are none.
    if (logs === undefined && !maybeError.test(one.message)) return;
    const name = functions.get(one.group) ?? defaultGroup.exec(one.group)?.[1];
    const record = name === undefined ? undefined : recordOf(one.message);
    if (name !== undefined && record !== undefined) logged(one.at, name, record);
  }

  return {
    take,
    say: (text) => put(Date.now(), 'green', text),
    fail: (text) => put(Date.now(), 'red', `✘ ${text}`, process.stderr),
  };
}

const timeOf = (at: number): string => new Date(at).toTimeString().slice(0, 8);
