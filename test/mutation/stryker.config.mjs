/** What `npm run mutation` gives Stryker; `MUTATE` names the files, `KEPT_FILE` what it keeps of the run. https://stryker-mutator.io/docs/stryker-js/configuration/ */
export default {
  mutate: (process.env.MUTATE ?? '').split(','),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'test/mutation/jest.config.mjs', projectType: 'custom', enableFindRelatedTests: false },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  // It would be rewritten by TypeScript, which is not asked for here: SWC reads no such file.
  tsconfigFile: 'none',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Modules that a mutant loaded stay in the memory of its process.
  maxTestRunnerReuse: 60,
  incremental: true,
  incrementalFile: process.env.KEPT_FILE,
  force: process.env.ONLY_CHANGED !== 'yes',
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.local/mutation/report.json' },
  tempDirName: '.local/stryker',
  ignorePatterns: ['cdktf.out', 'dist', '.local', '.git', 'localstack/embedded/node_modules', 'coverage'],
  // Counts as killed, so it must not come of a busy machine: Jest's own limit fails a test that waits for ever, and Stryker counts a loop's rounds.
  timeoutMS: 120_000,
  allowEmpty: false,
};
