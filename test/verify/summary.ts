import type { StageResult } from './run-stage.ts';

/** The part of Jest's report that counts. */
export interface CountReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
}

/** Tests of all reports. A report that is missing is one failure, since its suite died before it wrote one; so is any other failed stage. */
export function summaryOf(
  results: readonly Pick<StageResult, 'succeeded' | 'report'>[],
  reportOf: (file: string) => CountReport | undefined,
): Summary {
  let passed = 0;
  let failed = 0;
  for (const { succeeded, report } of results) {
    const tests = report === undefined ? undefined : reportOf(report);
    const failures = tests === undefined ? 0 : tests.numFailedTests + tests.numRuntimeErrorTestSuites;
    const unreported = report !== undefined && tests === undefined;
    passed += tests?.numPassedTests ?? 0;
    failed += failures === 0 && (!succeeded || unreported) ? 1 : failures;
  }
  return { passed, failed };
}
