/**
 * `npm test`, and `npm run test:<rung>`: Jest over all tests, or over those of a folder below test/. What follows are Jest's
 * own options and paths: `npm run test:unit -- page-token` runs the unit tests whose path has that.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const [rung, ...options] = process.argv.slice(2);
const isInRung = (file) => rung === 'all' || file.includes(`test/${rung}/`);

const isRegExp = (text) => {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};
const broken = options.find((option) => !option.startsWith('-') && !isRegExp(option));
if (broken !== undefined) {
  console.error(`"${broken}" is no regular expression, which paths of tests are picked by`);
  process.exit(1);
}

/** Whether only paths are given, and no test's path has any of them: what Jest says then is about its own settings. */
function namesNoTest() {
  if (options.length === 0 || options.some((option) => option.startsWith('-')) || /[{*]/.test(rung)) return false;
  const tests = globSync(['test/**/*.test.ts', 'localstack/embedded/test/**/*.test.ts']).filter(isInRung);
  return !options.some((option) => tests.some((file) => new RegExp(option, 'i').test(`${process.cwd()}/${file}`)));
}

if (namesNoTest()) {
  console.error(
    `No test of ${rung === 'all' ? 'this project' : `test/${rung}/`} has ${options.join(' or ')} in its path`,
  );
  process.exit(1);
}

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
if (options.includes('--help')) {
  console.log('npm run test:unit -- page-token runs the unit tests whose path has "page-token".');
}
