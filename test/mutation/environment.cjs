const sharedEnvironment = require('../support/jest/environment.cjs');

const activeMutant = '__STRYKER_ACTIVE_MUTANT__';

/** The environment that the test files of a Jest worker share, for Stryker: mutants of a room load the packages once, too. */
module.exports = function environment(config, context) {
  const shared = sharedEnvironment(config, context);
  // Stryker names the mutant by a variable of the process, of which the shared environment has an earlier copy.
  const { env } = shared.global.process;
  if (activeMutant in process.env) env[activeMutant] = process.env[activeMutant];
  else delete env[activeMutant];
  // Stryker wraps it for each file, and would wrap its own wrapping.
  delete shared.handleTestEvent;
  return shared;
};
