import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '#test/verify/summary.ts';

const reports: Record<string, { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number }> = {
  good: { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0 },
  bad: { numPassedTests: 5, numFailedTests: 2, numRuntimeErrorTestSuites: 1 },
};
const stage = (succeeded: boolean, report?: string) => ({ name: 'stage', succeeded, report });

describe('the last line of a verification', () => {
  it.each([
    ['counts the tests of every report', [stage(true, 'good'), stage(true, 'good'), stage(true)], 10, 0],
    ['counts failed tests and suites that could not run', [stage(false, 'bad')], 5, 3],
    ['has a failure for a stage without tests', [stage(true, 'good'), stage(false)], 5, 1],
    ['has a failure for a suite that died before its report', [stage(false, 'missing'), stage(true, 'missing')], 0, 2],
    ['has a failure for a suite that failed after its tests', [stage(false, 'good')], 5, 1],
    ['is nothing for nothing', [], 0, 0],
  ])('%s', (_, results, passed, failed) => {
    expect(summaryOf(results, (file) => reports[file])).toEqual({ passed, failed });
  });
});
