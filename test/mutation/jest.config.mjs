import { resolve } from 'node:path';
import base from '../../jest.config.mjs';

/** The unit tests of the functions, for Stryker, whose copies of the sources are not to be built. */
const { globalSetup: _, testSequencer: __, maxWorkers: ___, ...rest } = base;

export default {
  ...rest,
  rootDir: process.cwd(),
  // Stryker extends it by what tells which test ran which line; it takes no `<rootDir>`.
  testEnvironment: resolve('test/mutation/environment.cjs'),
  testRunner: resolve('test/mutation/jest-circus.cjs'),
  testTimeout: 30_000,
  // Properties try the same cases for every mutant, or one would be killed by chance.
  setupFiles: ['<rootDir>/test/support/jest/fast-check-seed.mjs'],
  testMatch: (process.env.TESTS ?? '').split(';').map((pattern) => `<rootDir>/${pattern}`),
};
