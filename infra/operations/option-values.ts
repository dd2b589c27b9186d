import { readFileSync } from 'node:fs';
import { UsageError } from './run-command.ts';

/**
 * The number that an option was given.
 * @param name of the option, without its dashes
 * @throws UsageError that names the option, for what is no whole number from 0 (or from `least`) on
 */
export function wholeNumberOf(name: string, text: string, least = 0): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} must be a whole number from ${least}, not "${text}"`);
}

/** The same for a number with a fraction, from 0 to `most`. */
export function numberOf(name: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (number >= 0 && number <= most) return number;
  const bounds = most === Number.MAX_SAFE_INTEGER ? '0 on' : `0 to ${most}`;
  throw new UsageError(`--${name} must be a number from ${bounds}, not "${text}"`);
}

/** Whether an option without a default was given: undefined, false and no values stand for one that was not. */
export const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;

/**
 * Refuses options that would be ignored.
 * @param values by option, without defaults
 * @param command what was asked for, as it was typed
 * @param read the options that have an effect there
 * @throws UsageError that names the first one of the others
 */
export function refuseUnread(values: object, command: string, read: readonly string[]): void {
  const [unread] = Object.entries(values).flatMap(([name, value]) =>
    isGiven(value) && !read.includes(name) ? [name] : [],
  );
  if (unread !== undefined) throw new UsageError(`--${unread} has no effect with ${command}`);
}

/** @throws Error in plain words where the file that the caller named cannot be read */
export function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${file} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

/** @throws Error in plain words where the file that the caller named cannot be read, or is no JSON */
export function jsonOfFile(file: string): unknown {
  const text = textOfFile(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`);
  }
}
