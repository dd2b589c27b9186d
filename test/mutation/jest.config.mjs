import base from '../../jest.config.mjs';

/**
 * The unit tests of the functions, for Stryker: it brings an environment of its own that tells which test ran which line, and its
 * copies of the sources are not to be built.
 */
const { testEnvironment: _, runtime: __, globalSetup: ___, testSequencer: ____, maxWorkers: _____, ...rest } = base;

export default {
  ...rest,
  rootDir: process.cwd(),
  testEnvironment: 'node',
  testTimeout: 30_000,
  // Properties try the same cases for every mutant, or one would be killed by chance.
  setupFiles: ['<rootDir>/test/support/jest/fast-check-seed.mjs'],
  testMatch: (process.env.TESTS ?? '').split(';').map((pattern) => `<rootDir>/${pattern}`),
};
