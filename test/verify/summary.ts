import { existsSync, readFileSync } from 'node:fs';
import type { StageResult } from './run-stage.ts';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
}

/** Tests of all reports. A report that is missing is one failure, since its suite died before it wrote one; so is any other failed stage. */
export function summaryOf(results: readonly StageResult[], readReport = readJestReport): Summary {
  let passed = 0;
  let failed = 0;
  for (const { succeeded, report } of results) {
    const tests = report === undefined ? undefined : readReport(report);
    const failures = tests === undefined ? 0 : tests.numFailedTests + tests.numRuntimeErrorTestSuites;
    const unreported = report !== undefined && tests === undefined;
    passed += tests?.numPassedTests ?? 0;
    failed += failures === 0 && (!succeeded || unreported) ? 1 : failures;
  }
  return { passed, failed };
}

function readJestReport(file: string): JestReport | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JestReport) : undefined;
}
