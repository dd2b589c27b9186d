import { basename } from 'node:path';
import type { StageResult } from './run-stage.ts';

/** The part of Jest's report that tells which tests failed, and why. */
export interface FailureReport {
  readonly testResults: readonly {
    readonly name: string;
    /** Why the file itself could not be run. */
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

const longestReason = 600;

/** Why a stage failed: its failed tests, or where its report names none, the end of what it printed. */
export function reasonsOf(
  { name, succeeded, lastLines }: Pick<StageResult, 'name' | 'succeeded' | 'lastLines'>,
  report: FailureReport | undefined,
): string[] {
  const tests = report === undefined ? [] : failedTests(name, report);
  if (succeeded || tests.length > 0) return tests;
  return [`[${name}] failed; the end of what it printed:\n${lastLines.map((line) => `    ${line}`).join('\n')}`];
}

/** A block for each failed test: suite, file, name and the beginning of its message, so that the end of a log tells them all. */
export function failedTests(suite: string, { testResults }: FailureReport): string[] {
  return testResults.flatMap(({ name, message = '', assertionResults }) => {
    const file = `[${suite}] ${basename(name)}`;
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (assertionResults.length === 0 && message !== '') return [`${file}\n${reason(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file} › ${fullName}\n${reason(failureMessages?.join('\n') ?? '')}`,
    );
  });
}

/** Without the stack, whose lines say less than the values that differ. */
function reason(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines
    .map((line) => `    ${line}`)
    .join('\n')
    .slice(0, longestReason);
}
