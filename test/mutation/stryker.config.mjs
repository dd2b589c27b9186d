/** What `npm run mutation` gives Stryker; `MUTATE` names the files. https://stryker-mutator.io/docs/stryker-js/configuration/ */
export default {
  mutate: (process.env.MUTATE ?? '').split(','),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'test/mutation/jest.config.mjs', projectType: 'custom', enableFindRelatedTests: false },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  // It would be rewritten by TypeScript, which is not asked for here: SWC reads no such file.
  tsconfigFile: 'none',
  coverageAnalysis: 'perTest',
  concurrency: 1,
  reporters: ['json', 'clear-text'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.local/mutation/report.json' },
  tempDirName: '.local/stryker',
  ignorePatterns: ['cdktf.out', 'dist', '.local', '.git', 'localstack/embedded/node_modules', 'coverage'],
  // A mutant of a loop may never end; the tests themselves take milliseconds.
  timeoutMS: 10_000,
  allowEmpty: false,
};
