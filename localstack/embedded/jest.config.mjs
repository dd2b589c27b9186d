import './refuse-old-node.mjs';

/** For the package by itself; in the project around it, the project's own configuration runs these tests, too. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  // Only ends what hangs, also on a busy machine.
  testTimeout: 120_000,
};
