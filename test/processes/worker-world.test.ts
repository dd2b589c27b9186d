import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

it('test files of a worker share packages and nothing else', () => {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const files = ['--testMatch', '**/worker-world/*.file.ts', '--runInBand', '--json'];
  const report = execFileSync(process.execPath, [...jest, ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Before it stands what is built, where a test beside this one has changed a source.
  expect(JSON.parse(report.slice(report.indexOf('{')))).toMatchObject({
    numPassedTests: 2,
    numFailedTests: 0,
    numTotalTestSuites: 2,
  });
});
