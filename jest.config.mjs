import { availableParallelism } from 'node:os';

/** One configuration for every rung of the ladder; a rung is a folder below test/, and `npm run test:<rung>` runs that alone. */
const rung = process.env.TEST_RUNG || '**';
/** Each of Terraform's starts costs seconds, so these are in `npm run test:terraform` and, as CI runs it, in `LOAD=full npm test`. */
const isWithTerraform = rung !== '**' || process.env.LOAD === 'full';

export default {
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  testMatch: [`<rootDir>/test/${rung}/**/*.test.ts`, `<rootDir>/localstack/embedded/test/${rung}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', ...(isWithTerraform ? [] : ['<rootDir>/test/terraform/'])],
  extensionsToTreatAsEsm: ['.ts', '.graphql'],
  transform: {
    '^.+\\.graphql$': '<rootDir>/test/support/jest/text-transform.mjs',
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
  globalSetup: '<rootDir>/test/support/jest/global-setup.mjs',
  // Jest's own default is a processor less. Unit tests wait for a fifth of the time and the others for a third, so more workers have work.
  maxWorkers: availableParallelism() + (rung === 'unit' ? 1 : 2),
  // asl-validator compiles the whole schema of the ASL for every machine that it validates.
  moduleNameMapper: {
    '^ajv$': '<rootDir>/test/support/jest/shared-ajv.cjs',
    '/private/stack-trace$': '<rootDir>/test/support/jest/no-stack-trace.cjs',
    '^\\./stack-trace$': '<rootDir>/test/support/jest/no-stack-trace.cjs',
  },
  // Half a second, Jest's own default, is too short for a worker that writes its compiled code on a busy machine: Jest would warn of a leak.
  workerGracefulExitTimeout: 20_000,
  testSequencer: '<rootDir>/test/support/jest/longest-first.cjs',
  ...(process.env.FAST_CHECK_SEED ? { setupFiles: ['<rootDir>/test/support/jest/fast-check-seed.mjs'] } : {}),
  // Only ends what hangs: no test is to fail because the machine is busy, as it is where emulators run beside.
  testTimeout: process.env.LOAD === 'full' ? 180_000 : 60_000,
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/dist', '<rootDir>/.local'],
};
