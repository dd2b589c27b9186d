const { TestEnvironment } = require('jest-environment-node');

/** Things that the test files of a worker share, although each has a world of its own. */
const state = {};

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.workerState = () => state;
  }
};
