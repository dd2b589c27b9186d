import base from '../mutation/jest.config.mjs';

/** Unit tests of a copy whose sources, or whose writes, lack a guard. */
export default { ...base, setupFiles: ['<rootDir>/test/guards/weakened-writes.mjs'] };
