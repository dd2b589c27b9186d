import { describe, expect, it } from '@jest/globals';
import { failedTests, reasonsOf } from '#test/verify/failed-tests.ts';

describe('the failed tests of a report', () => {
  it('given a failed test beside a passed one, then its suite, file, name and reason are printed, without the stack', () => {
    const failed = failedTests('ministack', {
      testResults: [
        {
          name: '/project/test/e2e/seats.test.ts',
          assertionResults: [
            { status: 'passed', fullName: 'seats are held', failureMessages: [] },
            {
              status: 'failed',
              fullName: 'seats come back',
              failureMessages: ['Error: expected 1\n\nreceived 2\n    at Object.<anonymous> (seats.test.ts:1:1)'],
            },
          ],
        },
      ],
    });
    expect(failed).toEqual(['[ministack] seats.test.ts › seats come back\n    Error: expected 1\n    received 2']);
  });

  it('given a file that could not be run, then its own message is printed', () => {
    const failed = failedTests('embedded', {
      testResults: [{ name: 'a.test.ts', message: 'Cannot find module', assertionResults: [] }],
    });
    expect(failed).toEqual(['[embedded] a.test.ts\n    Cannot find module']);
  });

  it('given only passed tests, then there is none', () => {
    expect(
      failedTests('embedded', {
        testResults: [
          { name: 'a.test.ts', message: '', assertionResults: [{ status: 'passed', fullName: 'it works' }] },
        ],
      }),
    ).toEqual([]);
  });
});

describe('why a stage failed', () => {
  const lastLines = ['REST: 12 cases', '3 failures'];
  const report = (status: string) => ({
    testResults: [{ name: 'a.test.ts', assertionResults: [{ status, fullName: 'it works', failureMessages: ['no'] }] }],
  });

  it('given a report with a failed test, then that test tells it', () => {
    expect(reasonsOf({ name: 'embedded', succeeded: false, lastLines }, report('failed'))).toEqual([
      '[embedded] a.test.ts › it works\n    no',
    ]);
  });

  it.each([
    ['no report', undefined],
    ['a report without a failed test', report('passed')],
  ])('given %s, then the end of what it printed tells it', (_, of) => {
    expect(reasonsOf({ name: 'fuzz', succeeded: false, lastLines }, of)).toEqual([
      '[fuzz] failed; the end of what it printed:\n    REST: 12 cases\n    3 failures',
    ]);
  });

  it('given a stage that passed, then there is nothing to tell', () => {
    expect(reasonsOf({ name: 'fuzz', succeeded: true, lastLines }, undefined)).toEqual([]);
  });
});
