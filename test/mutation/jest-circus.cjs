const { default: circus } = require('jest-circus/runner');
const { createEmptyTestResult } = require('@jest/test-result');

/** By test file. */
const namesOf = new Map();

/**
 * Jest's own runner, which passes over a file none of whose tests Stryker asks for: Jest would load all that the file imports,
 * to find then that the mutant is none of its tests' business. Stryker looks for `jest-circus` in the file's name.
 */
module.exports = async function runTests(globalConfig, config, environment, runtime, testPath, ...others) {
  const names = namesOf.get(testPath);
  const { testNamePattern } = globalConfig;
  if (names && testNamePattern) {
    const asked = new RegExp(testNamePattern, 'i');
    if (!names.some((name) => asked.test(name))) return { ...createEmptyTestResult(), testFilePath: testPath };
  }
  const result = await circus(globalConfig, config, environment, runtime, testPath, ...others);
  // Not of a run of all tests of a mutant: it may have changed their table. Those that are not asked for are told, too.
  const isAsTold = testNamePattern || !process.env.__STRYKER_ACTIVE_MUTANT__;
  if (isAsTold && !result.testExecError) namesOf.set(testPath, namesIn(result));
  return result;
};

const namesIn = ({ testResults }) => testResults.map(({ fullName }) => fullName);
