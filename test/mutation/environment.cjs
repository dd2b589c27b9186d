const sharedEnvironment = require('../support/jest/environment.cjs');

const activeMutant = '__STRYKER_ACTIVE_MUTANT__';

/** The mutant that a test has noticed. */
let killed;

/** The environment that the test files of a Jest worker share, for Stryker: mutants of a room load the packages once, too. */
module.exports = function environment(config, context) {
  const shared = sharedEnvironment(config, context);
  const mutant = process.env[activeMutant];
  // Stryker names the mutant by a variable of the process, of which the shared environment has an earlier copy.
  const { env } = shared.global.process;
  if (mutant === undefined) delete env[activeMutant];
  else env[activeMutant] = mutant;
  // Stryker wraps what is here for each file.
  shared.handleTestEvent = mutant === undefined ? undefined : (event) => skipOnceKilled(event, mutant);
  return shared;
};

/** One failed test is enough: Jest has no such setting within a file, and others may wait for ever. */
function skipOnceKilled({ name, test }, mutant) {
  if (name === 'test_done' && test.errors.length > 0) killed = mutant;
  if (name === 'test_start' && killed === mutant) test.mode = 'skip';
}
