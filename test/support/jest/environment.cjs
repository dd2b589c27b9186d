const { TestEnvironment } = require('jest-environment-node');

/** What the test files of a worker share, each in a world of its own otherwise. */
const state = {};

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.workerState = () => state;
  }
};
