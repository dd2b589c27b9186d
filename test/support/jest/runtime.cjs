const { default: Runtime } = require('jest-runtime');
const keepCompiledCode = require('./compiled-code.cjs');

keepCompiledCode();

/** The one of this worker, as its environment is. */
let shared;

/**
 * Jest's module loader, with one difference: the packages in `node_modules` are evaluated once a worker instead of once a test
 * file, which was half of what the unit tests cost. The project's own modules, the test's and Jest's circus are new in each file.
 */
class SharedPackagesRuntime extends Runtime {
  /** After a file. The parts are those that Jest's own `teardown` clears. */
  teardown() {
    this.restoreAllMocks();
    this.mockState.clear();
    this.jestGlobals.clearJestObjectCache();
    this.fileCache.clear();
    this.transformCache.clear();
    this.loggedReferenceErrors.clear();
    const { esModuleRegistry, moduleRegistry, internalModuleRegistry } = this.registries;
    keepOnly(esModuleRegistry, isOfPackage);
    keepOnly(moduleRegistry, isOfPackage);
    keepOnly(internalModuleRegistry, (key) => !key.includes('/jest-circus/build/'));
    delete this._environment.global[Symbol.for('EVENT_HANDLERS')];
    this.testState.state = 'loading';
  }
}

const isOfPackage = (key) => key.includes('/node_modules/');

function keepOnly(registry, isKept) {
  for (const key of registry.keys()) if (!isKept(key)) registry.delete(key);
}

/** A constructor as Jest calls it. */
module.exports = function runtime(...parts) {
  shared ??= new SharedPackagesRuntime(...parts);
  return shared;
};
