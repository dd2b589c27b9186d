/**
 * `npm test`, and `npm run test:<rung>`: Jest over all tests, or over those of a folder below test/. What follows are Jest's
 * own options and paths: `npm run test:unit -- page-token` runs the unit tests whose path has that.
 */
import { spawnSync } from 'node:child_process';

const [rung, ...options] = process.argv.slice(2);
const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(process.execPath, [...flags, ...options], {
  stdio: 'inherit',
  env: {
    ...process.env,
    TEST_RUNG: rung === 'all' ? '' : rung,
    // Half of what a local cloud takes to start is compiling.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '.local/compile-cache',
  },
});
process.exitCode = status ?? 1;
