const { default: circus } = require('jest-circus/runner');
const { createEmptyTestResult } = require('@jest/test-result');

/** Of each test file: its tests, none of which has run. */
const unasked = new Map();

/**
 * Jest's own runner, which passes over a file none of whose tests Stryker asks for: Jest would load all that the file imports,
 * to find then that the mutant is none of its tests' business. Stryker looks for `jest-circus` in the file's name.
 */
module.exports = async function runTests(globalConfig, config, environment, runtime, testPath, ...others) {
  const { testNamePattern } = globalConfig;
  const tests = unasked.get(testPath);
  if (tests && testNamePattern) {
    const asked = new RegExp(testNamePattern, 'i');
    if (!tests.some(({ fullName }) => asked.test(fullName))) return allSkipped(testPath, tests);
  }
  const result = await circus(globalConfig, config, environment, runtime, testPath, ...others);
  // Not of a run of all tests of a mutant: it may have changed their table. Those that are not asked for are told, too.
  const isAsTold = testNamePattern || !process.env.__STRYKER_ACTIVE_MUTANT__;
  if (isAsTold && !result.testExecError) unasked.set(testPath, result.testResults.map(skipped));
  return result;
};

const skipped = (test) => ({
  ...test,
  status: 'pending',
  failureMessages: [],
  failureDetails: [],
  numPassingAsserts: 0,
});

/** With the tests: Jest takes a file without any for an error, and Stryker a mutant with an error for none. */
const allSkipped = (testFilePath, testResults) => ({
  ...createEmptyTestResult(),
  testFilePath,
  testResults,
  numPendingTests: testResults.length,
});
