/** Captures stdout, stderr and the console of a function, in the forms that Lambda's Node runtime writes. */

import { format } from 'node:util';

const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const;

export interface Output {
  /** Undefined outside an invocation, and written so, as AWS does. */
  requestId: string | undefined;
  log(level: string, text: string): void;
  /** Ends a line that was begun without a line break. */
  flush(): void;
}

export function captureOutput(logFormat: 'Text' | 'JSON', append: (timestamp: number, text: string) => void): Output {
  const ends = [captureStream(process.stdout, append), captureStream(process.stderr, append)];
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
    flush() {
      for (const end of ends) end();
    },
  };
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...parts: unknown[]) => output.log(level, format(...parts));
  }
  return output;
}

function captureStream(stream: NodeJS.WriteStream, append: (timestamp: number, text: string) => void): () => void {
  let begun = '';
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = begun + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const lines = text.split('\n');
    begun = lines.pop() ?? '';
    const now = Date.now();
    for (const line of lines) append(now, line);
    const done = rest.find((argument) => typeof argument === 'function');
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  return () => {
    if (begun !== '') append(Date.now(), begun);
    begun = '';
  };
}
