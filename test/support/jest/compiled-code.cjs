const vm = require('node:vm');

/**
 * Jest compiles the project's modules, and its own circus, anew for each test file: most of the time of a small one. Here a worker
 * keeps what V8 made of them: https://nodejs.org/api/vm.html#new-vmsourcetextmodulecode-options
 */
module.exports = function keepCompiledCode() {
  const { SourceTextModule, compileFunction } = vm;
  /** By file: the source, and V8's code of it, which is good for nothing but the same source. */
  const kept = new Map();
  const codeOf = (file, source) => {
    const known = kept.get(file);
    return known?.source === source ? known.code : undefined;
  };

  vm.SourceTextModule = class extends SourceTextModule {
    constructor(source, options) {
      const cachedData = codeOf(options.identifier, source);
      super(source, { ...options, cachedData });
      if (cachedData === undefined) kept.set(options.identifier, { source, code: this.createCachedData() });
    }
  };

  vm.compileFunction = (source, parameters, options) => {
    const cachedData = codeOf(options.filename, source);
    const compiled = compileFunction(source, parameters, {
      ...options,
      cachedData,
      produceCachedData: cachedData === undefined,
    });
    if (cachedData === undefined) kept.set(options.filename, { source, code: compiled.cachedData });
    return compiled;
  };
};
