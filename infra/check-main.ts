/** `npm run check`: every check that needs neither Python nor minutes, one after the other, up to the first that fails. */
import { spawnSync } from 'node:child_process';
import { runCommand } from './operations/run-command.ts';
import { projectRoot } from './paths.ts';

/** Scripts of package.json, those of a few seconds first; the last weighs what the synth before it has built. */
const checks = [
  'lint:asl',
  'lint:tests',
  'lint:docs',
  'lint:source',
  'lint',
  'typecheck',
  'lint:openapi',
  'lint:bundles',
];

const usage = `npm run check    the checks that need neither Python nor minutes, up to the first that fails

${checks.map((name) => `  npm run ${name}`).join('\n')}

  --help   this text`;

await runCommand('check', usage, {}, () => {
  for (const name of checks) {
    if (name === 'lint:bundles') run(process.execPath, ['infra/synth-if-stale.ts']);
    run('npm', ['run', name]);
  }
  console.log(`\ncheck: all ${checks.length} passed`);
});

/** @throws Error where it fails */
function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed`);
}
