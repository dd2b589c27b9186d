/**
 * Log lines in shared memory: the isolate appends, and takes them along with its result (one message an invocation); the main
 * thread reads them only once the isolate is gone. A record is `<ms since the epoch> <text>` and ends with NUL.
 */

/** Bytes used, then the progress of what the environment was asked to do. */
const HEADER_BYTES = 8;
export const LINE_BUFFER_BYTES = 64 * 1024;

export interface LineBuffer {
  append(timestamp: number, text: string): void;
  take(): string;
}

export interface Line {
  readonly timestamp: number;
  readonly message: string;
}

/** @param overflow gets everything buffered so far when a line finds no room */
export function lineBuffer(memory: SharedArrayBuffer, overflow: (lines: string) => void): LineBuffer {
  const used = new Int32Array(memory, 0, 1);
  const bytes = Buffer.from(memory, HEADER_BYTES);
  const take = () => {
    if (used[0] === 0) return '';
    const lines = bytes.toString('utf8', 0, used[0]);
    used[0] = 0;
    return lines;
  };
  return {
    take,
    append(timestamp, text) {
      const record = `${timestamp} ${text.replaceAll('\0', '')}\0`;
      if (Buffer.byteLength(record) > bytes.length - (used[0] ?? 0)) overflow(take() + record);
      else used[0] = (used[0] ?? 0) + bytes.write(record, used[0] ?? 0);
    },
  };
}

/** For the main thread, after the isolate's end. */
export function readLineBuffer(memory: SharedArrayBuffer): string {
  return Buffer.from(memory, HEADER_BYTES).toString('utf8', 0, new Int32Array(memory, 0, 1)[0]);
}

/**
 * How far a load or an invocation that was sent has come. What has begun may have had an effect, also once it has ended: its reply
 * waits for the end of the turn, and is lost where the isolate ends before. `sent` is written by the main thread, the others by the isolate.
 */
export type Progress = 'sent' | 'begun' | 'ended';
const steps: readonly Progress[] = ['sent', 'begun', 'ended'];

export function progressOf(memory: SharedArrayBuffer) {
  const step = new Int32Array(memory, 4, 1);
  return {
    get: (): Progress => steps[Atomics.load(step, 0)] ?? 'sent',
    set: (progress: Progress): void => void Atomics.store(step, 0, steps.indexOf(progress)),
  };
}

export function parseLines(records: string): Line[] {
  if (records === '') return [];
  return records
    .slice(0, -1)
    .split('\0')
    .map((record) => {
      const space = record.indexOf(' ');
      return { timestamp: Number(record.slice(0, space)), message: record.slice(space + 1) };
    });
}
