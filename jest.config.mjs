/** One configuration for every rung of the ladder; a rung is a folder below test/. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts', '.graphql'],
  transform: {
    '^.+\\.graphql$': '<rootDir>/test/support/text-transform.mjs',
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  // A build-time constant of the bundles; steps are tested with the fault middleware in.
  globals: { __FAULTS__: true },
  // What runs is what the stack describes: the synthesized file and its bundles are made first where they are stale.
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  testTimeout: 30_000,
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/dist'],
};
