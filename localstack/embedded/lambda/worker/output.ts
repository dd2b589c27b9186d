/** Captures stdout, stderr and the console of the environments, in the forms that Lambda's Node runtime writes. */

import { format } from 'node:util';

const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const;

/** Of one environment. */
export interface Output {
  /** Undefined outside an invocation, and written so, as AWS does. */
  requestId: string | undefined;
  log(level: string, text: string): void;
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** Ends a line that was begun without a line break. */
  flush(): void;
}

export function createOutput(logFormat: 'Text' | 'JSON', append: (timestamp: number, text: string) => void): Output {
  const begun = { stdout: '', stderr: '' };
  const output: Output = {
    requestId: undefined,
    log(level, text) {
      const now = Date.now();
      const timestamp = new Date(now).toISOString();
      const { requestId } = output;
      append(
        now,
        logFormat === 'JSON'
          ? JSON.stringify({ timestamp, level, requestId, message: text })
          : `${timestamp}\t${requestId}\t${level}\t${text}`,
      );
    },
    write(stream, text) {
      const lines = (begun[stream] + text).split('\n');
      begun[stream] = lines.pop() ?? '';
      const now = Date.now();
      for (const line of lines) append(now, line);
    },
    flush() {
      for (const stream of ['stdout', 'stderr'] as const) {
        if (begun[stream] !== '') append(Date.now(), begun[stream]);
        begun[stream] = '';
      }
    },
  };
  return output;
}

/** What is written outside any environment goes where it would go without this. */
export function captureOutput(current: () => Output | undefined): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    const original = console[method as keyof typeof LEVELS];
    console[method as keyof typeof LEVELS] = (...parts: unknown[]) => {
      const output = current();
      if (output === undefined) original(...parts);
      else output.log(level, format(...parts));
    };
  }
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = process[name];
    const original = stream.write.bind(stream) as (...parts: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const output = current();
      if (output === undefined) return original(chunk, ...rest);
      output.write(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = rest.find((argument) => typeof argument === 'function');
      if (done !== undefined) process.nextTick(done);
      return true;
    };
  }
}
