const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

// Of the processes that tests start, not of this one, whose coverage Jest takes (`npm run coverage`).
if (process.env.COVERAGE_OF_CHILDREN) process.env.NODE_V8_COVERAGE = process.env.COVERAGE_OF_CHILDREN;

/** Things that the test files of a worker share. */
const state = {};

/** The one of this worker: its context holds the packages that its files share (`runtime.cjs`). */
let shared;

class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.workerState = () => state;
    this.variables = { ...this.global.process.env };
    this.exit = this.global.process.exit;
  }

  /** Each file finds environment variables and clocks as the first one did. */
  async teardown() {
    const { process } = this.global;
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    // Jest wraps it anew for each file.
    process.exit = this.exit;
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
  }
}

/** A constructor as Jest calls it: of the same environment for each file. */
module.exports = function environment(config, context) {
  shared ??= withPlainGlobal(() => new SharedEnvironment(config, context));
  return shared;
};

/**
 * Jest makes its context's global object a proxy, through which each `Map` and `Math` of the code goes: searches of the model took
 * seven times as long. This is a context with a global object as V8's own: https://nodejs.org/api/vm.html#vmconstantsdont_contextify
 */
function withPlainGlobal(make) {
  const { createContext } = vm;
  vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
  try {
    return make();
  } finally {
    vm.createContext = createContext;
  }
}
