const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Seconds of the suites that take longest, on idle processors: begun first, so that all workers end at about the same time.
 * Jest knows the times of the run before only where there was one; in a clean checkout it goes by the size of the files.
 */
const seconds = require('./suite-seconds.json');

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const secondsOf = ({ path }) => seconds[path.replaceAll('\\', '/').split('/test/').at(-1)] ?? 0;
    return super.sort(tests).toSorted((one, other) => secondsOf(other) - secondsOf(one));
  }
};
